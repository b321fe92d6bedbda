import type { Campaign } from '../../src/core/campaign/campaign.js'
import { UserError } from '../../src/core/errors.js'
import { enterAbsence } from '../../src/core/people/enter-absence.js'
import type { Actor } from '../../src/core/people/person.js'
import type { Unit } from '../../src/core/people/unit.js'
import type { Store } from '../../src/core/ports.js'
import { setPreference } from '../../src/core/reminder/set-preference.js'
import { sendReport } from '../../src/core/report/decide.js'
import { setReviewDates } from '../../src/core/report/set-review-dates.js'
import { confirm, returnToAuthor, submit, withdraw } from '../../src/core/submission/decide.js'
import { reportNilForAll, withdrawNilReport } from '../../src/core/submission/report-nil.js'
import type { UseCase } from '../../src/core/use-case.js'
import type { Dice } from '../chance.js'
import { localTime } from './calendar.js'
import type { College, CollegeUnit, Staff } from './college.js'
import type { KillableBot } from './killable-bot.js'
import { type Kind, missingCriteria, newStanding, type Standing } from './oracle.js'

const timeZone = 'Asia/Ho_Chi_Minh'

/** Access to the running bot and its clock. */
interface BotAccess {
  now(): number
  runOnBot<T>(work: (bot: Pick<KillableBot, 'store'>) => Promise<T>): Promise<T>
}

/** Actions of people on the running bot, and the standing of each unit that results from them. */
export async function createPeopleActions(
  access: BotAccess,
  college: College,
  workspaceId: string,
  chance: Dice,
  store: Store,
) {
  let lastNumber = 0
  const newId = () => `00000000-0000-7000-8000-${String(++lastNumber).padStart(12, '0')}`
  const { actors, ids, unitsByCode, campaign } = await store.read(async (tx) => {
    const campaign = (await tx.campaigns.current(workspaceId)) as Campaign
    const unitsByCode = new Map((await tx.units.list(workspaceId)).map((u) => [u.code, u]))
    const ids = new Map([...unitsByCode].map(([code, u]) => [code, u.id]))
    const actors = new Map<string, Actor>()
    for (const { person, role, unit } of await tx.people.roster(workspaceId)) {
      const roles = [...(actors.get(person.email ?? '')?.roles ?? []), { role, unit }]
      actors.set(person.email ?? '', { workspaceId, person, accountId: '', roles, isConfiguredAdmin: false })
    }
    return { actors, ids, unitsByCode, campaign }
  })
  const standing = new Map<CollegeUnit, Standing>(college.units.map((u) => [u, newStanding()]))
  const rounds = new Map<string, number>()
  const authors = new Map<string, Staff>()
  const standingOf = (unit: CollegeUnit) => standing.get(unit) as Standing
  const idOf = (unit: CollegeUnit) => ids.get(unit.code) as string
  const pickLeader = (unit: CollegeUnit) => chance.pick(unit.leaders)

  /** Runs an action until it succeeds. After a kill it may run twice, so `nil.nothing_left` is no failure. */
  async function perform(staff: Staff, work: (use: UseCase) => Promise<unknown>): Promise<void> {
    const actor = actors.get(staff.email) as Actor
    await access.runOnBot(({ store }) =>
      store
        .write((tx) => work({ tx, actor, now: new Date(access.now()), newId, timeZone }))
        .catch((error: unknown) => {
          if (!(error instanceof UserError && error.key === 'nil.nothing_left')) throw error
        }),
    )
  }

  /** The submissions of a unit in the given states, with the map that holds their states. */
  const submissionsIn = (unit: CollegeUnit, ...states: string[]) =>
    [...standingOf(unit).evidence.values()].flatMap((cell) =>
      [...cell].filter(([, state]) => states.includes(state)).map(([id]) => ({ id, cell })),
    )

  /** Changes the leaders of a unit, as an import of the roster does. */
  async function setLeaders(unit: CollegeUnit, heads: readonly Staff[], deputies: readonly Staff[]): Promise<void> {
    const people = new Set([...unit.leaders, ...unit.members, ...heads, ...deputies])
    const ofUnit = unitsByCode.get(unit.code) as Unit
    for (const staff of people) {
      const actor = actors.get(staff.email) as Actor
      const role = heads.includes(staff) ? 'head' : deputies.includes(staff) ? 'deputy' : 'member'
      const elsewhere = actor.roles.filter((r) => r.unit.code !== unit.code)
      actors.set(staff.email, { ...actor, roles: [...elsewhere, { role, unit: ofUnit }] })
    }
    await access.runOnBot(({ store }) =>
      store.write(async (tx) => {
        for (const { email } of people) {
          const { person, roles } = actors.get(email) as Actor
          const held = roles.map((r) => ({ role: r.role, unitId: r.unit.id }))
          await tx.people.setRoles(workspaceId, person.id, held)
        }
      }),
    )
    Object.assign(unit, { heads: [...heads], deputies: [...deputies], leaders: [...heads, ...deputies] })
  }

  return {
    standing,
    setLeaders,
    setDates: (dates: Partial<Record<Kind, string>>) =>
      perform(college.board, (use) => setReviewDates(use, campaign, dates)),
    setPreference: (staff: Staff, hour: number, early: boolean) =>
      perform(staff, (use) =>
        setPreference(use, campaign.ladder, { at: `${String(hour).padStart(2, '0')}:00`, early }),
      ),
    enterAbsence: (staff: Staff, from: string, until: string) =>
      perform(staff, (use) => enterAbsence(use, use.actor.person.id, from, until)),
    /** Reports nil for all missing criteria and sends the unit report. */
    async completeReview(unit: CollegeUnit, kind: Kind) {
      if (unit.leaders.length === 0) return
      const staff = pickLeader(unit)
      const missing = missingCriteria(standingOf(unit), kind, college.codes)
      if (missing.length > 0)
        await perform(staff, (use) => reportNilForAll(use, campaign, idOf(unit), missing, kind, 'Không có việc'))
      for (const code of missing) standingOf(unit).nil[kind].add(code)
      if (standingOf(unit).report[kind] === 'sent') return
      const key = `${unit.code} ${kind}`
      const round = rounds.get(key) ?? 0
      const agreed = { missing: [], waiting: 99 }
      await perform(staff, (use) => sendReport(use, campaign, idOf(unit), kind, { round, agreed, isEarlyAgreed: true }))
      rounds.set(key, round + 1)
      standingOf(unit).report[kind] = 'sent'
    },
    async submitEvidence(unit: CollegeUnit) {
      if (unit.leaders.length === 0) return
      const staff = pickLeader(unit)
      const code = chance.pick(college.codes)
      const key = `form:${++lastNumber}`
      const [doneOn, text] = [localTime(access.now()).date, `Việc số ${lastNumber}: 25/25 người đạt`]
      const content = { unitId: idOf(unit), criterion: code, text, doneOn, figure: null, figureUnit: null, links: [] }
      let id = ''
      await perform(staff, async (use) => {
        id = (await submit(use, campaign, content, key)).id
      })
      authors.set(id, staff)
      standingOf(unit).evidence.set(code, (standingOf(unit).evidence.get(code) ?? new Map()).set(id, 'waiting'))
    },
    async confirmSubmission(unit: CollegeUnit) {
      const submission = submissionsIn(unit, 'waiting')[0]
      if (!submission) return
      await perform(pickLeader(unit), (use) => confirm(use, campaign, submission.id))
      submission.cell.set(submission.id, 'confirmed')
    },
    async returnSubmission(unit: CollegeUnit) {
      const submission = submissionsIn(unit, 'waiting', 'confirmed')[0]
      if (!submission) return
      await perform(college.board, (use) => returnToAuthor(use, campaign, submission.id, 'Thiếu số liệu'))
      submission.cell.set(submission.id, 'returned')
    },
    async withdrawSubmission(unit: CollegeUnit) {
      const submission = submissionsIn(unit, 'waiting', 'confirmed', 'returned')[0]
      if (!submission) return
      await perform(authors.get(submission.id) as Staff, (use) => withdraw(use, campaign, submission.id))
      submission.cell.delete(submission.id)
    },
    async withdrawNilReport(unit: CollegeUnit, kind: Kind) {
      const [code] = standingOf(unit).nil[kind]
      if (!code) return
      await perform(pickLeader(unit), (use) => withdrawNilReport(use, campaign, idOf(unit), code, kind))
      standingOf(unit).nil[kind].delete(code)
    },
  }
}
