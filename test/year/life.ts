import type { Campaign } from '../../src/core/campaign/campaign.js'
import { UserError } from '../../src/core/errors.js'
import { enterAbsence } from '../../src/core/people/enter-absence.js'
import type { Actor } from '../../src/core/people/person.js'
import type { Store } from '../../src/core/ports.js'
import { setPreference } from '../../src/core/reminder/set-preference.js'
import { sendReport } from '../../src/core/report/decide.js'
import { setReviewDates } from '../../src/core/report/set-review-dates.js'
import { confirm, returnToAuthor, submit, withdraw } from '../../src/core/submission/decide.js'
import { reportNilForAll, withdrawNilReport } from '../../src/core/submission/report-nil.js'
import type { UseCase } from '../../src/core/use-case.js'
import type { Dice } from '../chance.js'
import { wall } from './calendar.js'
import type { College, Staff, UnitOf } from './college.js'
import type { Life } from './mortal-bot.js'
import { type Kind, missingOf, newStanding, type Standing } from './oracle.js'

const timeZone = 'Asia/Ho_Chi_Minh'

/** The running bot and the time. */
interface Through {
  now(): number
  ask<T>(work: (life: Pick<Life, 'store'>) => Promise<T>): Promise<T>
}

/** The actions of people during a year through the running bot, and the state of their units as the people know it. */
export async function people(world: Through, college: College, workspaceId: string, chance: Dice, store: Store) {
  let serial = 0
  const newId = () => `00000000-0000-7000-8000-${String(++serial).padStart(12, '0')}`
  const { actors, ids, campaign } = await store.read(async (tx) => {
    const campaign = (await tx.campaigns.current(workspaceId)) as Campaign
    const ids = new Map((await tx.units.list(workspaceId)).map((u) => [u.code, u.id]))
    const actors = new Map<string, Actor>()
    for (const { person, role, unit } of await tx.people.roster(workspaceId)) {
      const roles = [...(actors.get(person.email ?? '')?.roles ?? []), { role, unit }]
      actors.set(person.email ?? '', { workspaceId, person, accountId: '', roles, isConfiguredAdmin: false })
    }
    return { actors, ids, campaign }
  })
  const standing = new Map<UnitOf, Standing>(college.units.map((u) => [u, newStanding()]))
  const rounds = new Map<string, number>()
  const authors = new Map<string, Staff>()
  const of = (unit: UnitOf) => standing.get(unit) as Standing
  const idOf = (unit: UnitOf) => ids.get(unit.code) as string
  const leader = (unit: UnitOf) => chance.pick(unit.leaders)

  /** Repeated until it is answered; an action that was already done is no fault. */
  async function act(who: Staff, work: (use: UseCase) => Promise<unknown>): Promise<void> {
    const actor = actors.get(who.email) as Actor
    await world.ask(({ store }) =>
      store
        .write((tx) => work({ tx, actor, now: new Date(world.now()), newId, timeZone }))
        .catch((error: unknown) => {
          if (!(error instanceof UserError && error.key === 'nil.nothing_left')) throw error
        }),
    )
  }

  const handedIn = (unit: UnitOf, ...states: string[]) =>
    [...of(unit).evidence.values()].flatMap((cell) =>
      [...cell].filter(([, state]) => states.includes(state)).map(([id]) => ({ id, cell })),
    )

  return {
    standing,
    setDates: (dates: Partial<Record<Kind, string>>) =>
      act(college.board, (use) => setReviewDates(use, campaign, dates)),
    wish: (who: Staff, hour: number, early: boolean) =>
      act(who, (use) => setPreference(use, campaign.ladder, { at: `${String(hour).padStart(2, '0')}:00`, early })),
    away: (who: Staff, from: string, until: string) =>
      act(who, (use) => enterAbsence(use, use.actor.person.id, from, until)),
    /** Gives nil reports for all missing criteria and sends the report. */
    async finish(unit: UnitOf, kind: Kind) {
      if (unit.leaders.length === 0) return
      const who = leader(unit)
      const missing = missingOf(of(unit), kind, college.codes)
      if (missing.length > 0)
        await act(who, (use) => reportNilForAll(use, campaign, idOf(unit), missing, kind, 'Không có việc'))
      for (const code of missing) of(unit).nil[kind].add(code)
      if (of(unit).report[kind] === 'sent') return
      const name = `${unit.code} ${kind}`
      const round = rounds.get(name) ?? 0
      const agreed = { missing: [], waiting: 99 }
      await act(who, (use) => sendReport(use, campaign, idOf(unit), kind, { round, agreed }))
      rounds.set(name, round + 1)
      of(unit).report[kind] = 'sent'
    },
    async handIn(unit: UnitOf) {
      if (unit.leaders.length === 0) return
      const who = leader(unit)
      const code = chance.pick(college.codes)
      const key = `form:${++serial}`
      const [doneOn, text] = [wall(world.now()).date, `Việc số ${serial}: 25/25 người đạt`]
      const content = { unitId: idOf(unit), criterion: code, text, doneOn, figure: null, figureUnit: null, links: [] }
      let id = ''
      await act(who, async (use) => {
        id = (await submit(use, campaign, content, key)).id
      })
      authors.set(id, who)
      of(unit).evidence.set(code, (of(unit).evidence.get(code) ?? new Map()).set(id, 'waiting'))
    },
    async confirm(unit: UnitOf) {
      const one = handedIn(unit, 'waiting')[0]
      if (!one) return
      await act(leader(unit), (use) => confirm(use, campaign, one.id))
      one.cell.set(one.id, 'confirmed')
    },
    async returned(unit: UnitOf) {
      const one = handedIn(unit, 'waiting', 'confirmed')[0]
      if (!one) return
      await act(college.board, (use) => returnToAuthor(use, campaign, one.id, 'Thiếu số liệu'))
      one.cell.set(one.id, 'returned')
    },
    async withdraw(unit: UnitOf) {
      const one = handedIn(unit, 'waiting', 'confirmed', 'returned')[0]
      if (!one) return
      await act(authors.get(one.id) as Staff, (use) => withdraw(use, campaign, one.id))
      one.cell.delete(one.id)
    },
    async takeBack(unit: UnitOf, kind: Kind) {
      const [code] = of(unit).nil[kind]
      if (!code) return
      await act(leader(unit), (use) => withdrawNilReport(use, campaign, idOf(unit), code, kind))
      of(unit).nil[kind].delete(code)
    },
  }
}
