import { mondayToFriday } from '../core/calendar/working-day.js'
import type { Campaign } from '../core/campaign/campaign.js'
import { addDays, instantAt } from '../core/date.js'
import type { Actor, PersonRole, Role } from '../core/people/person.js'
import { reports, type Unit } from '../core/people/unit.js'
import type { Store, Tx } from '../core/ports.js'
import { setReviewDates } from '../core/report/set-review-dates.js'
import { accept, confirm, returnToAuthor, submit } from '../core/submission/decide.js'
import { reportNil } from '../core/submission/report-nil.js'
import type { UseCase } from '../core/use-case.js'
import { newId } from '../new-id.js'
import { demoText } from '../text/vi/demo/demo.js'
import { samples } from '../text/vi/demo/samples.js'
import { createEvidence, type PutFile, seedFirstPerson } from './evidence.js'
import { seedReports } from './reports.js'

export interface Seeding {
  store: Store
  workspaceId: string
  timeZone: string
  putFile: PutFile
  /** Start of the e-mail address of the person whom the page shows first. */
  firstPerson: string
  /** Sets the demo's clock; resolves when the bot has sent what is due then. */
  moveTo(at: Date): Promise<void>
}

/** A random number generator, from 0 to 1, with the same sequence at every start. */
function createRandom(seed: number): () => number {
  let x = seed
  return () => {
    x = (Math.imul(x, 1664525) + 1013904223) >>> 0
    return x / 2 ** 32
  }
}

/** What the first person submits and drafts is about these; their unit says nothing else about them. */
const firstCriteria = new Set(
  [demoText.first.confirmed, demoText.first.waiting, demoText.first.returned, demoText.first.draft].map(
    (one) => one.criterion,
  ),
)

/** How active each unit is: 0 submits nothing, more than 1 is complete by the day of the demo. */
const activity = [0.55, 0.9, 0.3, 1.2, 0, 0.45, 0.8, 0.2, 0.95, 0.6, 0.35, 0.75]

/** Simulates the weeks before the demo: people submit evidence, heads confirm or return it, some file nil reports. */
export async function seed(s: Seeding, days: readonly string[]): Promise<void> {
  const { store, workspaceId, timeZone } = s
  const random = createRandom(484)
  const roster = await store.read((tx) => tx.people.roster(workspaceId))
  const actors = actorsOf(workspaceId, roster)
  const units = [...new Map(roster.map((r) => [r.unit.id, r.unit])).values()].filter((u) => reports(u.kind))
  const board = roster.find((r) => r.role === 'command_board')
  const evidence = createEvidence(s.putFile)
  const firstUnit = roster.find((r) => r.person.email?.startsWith(s.firstPerson))?.unit.id
  const unused = new Map<string, readonly (typeof samples)[number][]>()
  const at = (day: string, time: string) => instantAt(day, time, timeZone)
  const run = <T>(now: Date, actor: Actor, work: (use: UseCase, campaign: Campaign) => Promise<T>) =>
    store.write(async (tx: Tx) => {
      const campaign = (await tx.campaigns.current(workspaceId)) as Campaign
      return work({ tx, actor, now, newId, timeZone }, campaign)
    })

  const start = at(days[0] as string, '09:00')
  await s.moveTo(start)
  if (board)
    await run(start, actors.get(board.person.id) as Actor, (use, campaign) =>
      setReviewDates(use, campaign, { preliminary: '2024-06-28', final: '2024-12-20' }),
    )
  for (const [n, day] of days.entries()) {
    if (!mondayToFriday(day)) continue
    await s.moveTo(at(day, '08:00'))
    // At the same time, so that they share commits. Each call draws its random numbers before it first waits.
    const submissions: Promise<void>[] = []
    for (const [i, unit] of units.entries()) {
      const level = activity[i % activity.length] as number
      if (random() > level / 1.6) continue
      const now = at(day, `${String(9 + Math.floor(random() * 7)).padStart(2, '0')}:${10 + Math.floor(random() * 49)}`)
      submissions.push(submitSample(now, unit, n))
    }
    await Promise.all(submissions)
    await s.moveTo(at(day, '17:30'))
  }
  const eve = at(days.at(-1) as string, '17:40')
  for (const unit of units.filter((_, i) => (activity[i % activity.length] as number) > 1)) await complete(eve, unit)
  await seedReports({ run: (actor, work) => run(eve, actor, work), actors, roster, units })
  await firstPerson()
  await s.moveTo(eve)

  async function firstPerson(): Promise<void> {
    const first = roster.find((r) => r.person.email?.startsWith(s.firstPerson))
    const author = first && actors.get(first.person.id)
    const head = actors.get(roster.find((r) => r.unit.id === first?.unit.id && r.role === 'head')?.person.id ?? '')
    if (author && head) await seedFirstPerson(run, evidence, { author, head, unitId: first.unit.id, now: eve })
  }

  /** The head files a nil report for every criterion that the unit has no evidence for. */
  async function complete(now: Date, unit: Unit): Promise<void> {
    const head = actors.get(roster.find((r) => r.unit.id === unit.id && r.role === 'head')?.person.id ?? '')
    if (!head) return
    await run(now, head, async (use, campaign) => {
      const standing = await use.tx.progress.standing(campaign.id, 'preliminary', unit.id)
      for (const criterion of standing?.missing ?? []) await reportNil(use, campaign, unit.id, criterion, 'preliminary')
    })
  }

  /** One that the unit has not submitted yet; undefined once it has submitted all. */
  function nextSample(unit: Unit) {
    const left =
      unused.get(unit.id) ?? samples.filter((one) => unit.id !== firstUnit || !firstCriteria.has(one.criterion))
    const sample = left[Math.floor(random() * left.length)]
    unused.set(
      unit.id,
      left.filter((one) => one !== sample),
    )
    return sample
  }

  async function submitSample(now: Date, unit: Unit, n: number): Promise<void> {
    const people = roster.filter((r) => r.unit.id === unit.id)
    const head = actors.get(people.find((r) => r.role === 'head')?.person.id ?? '')
    const author = actors.get(people[Math.floor(random() * people.length)]?.person.id ?? '')
    const sample = nextSample(unit)
    if (!head || !author || !sample) return
    if (random() < 0.12)
      return run(now, head, (use, campaign) =>
        reportNil(use, campaign, unit.id, sample.criterion, 'preliminary'),
      ).catch(() => undefined)
    const outcome = random()
    const [least = 0, most = 0, figureUnit = null] = sample.figure ?? []
    const figure = figureUnit === null ? null : String(least + Math.floor(random() * (most - least + 1)))
    const doneOn = sample.on ?? workingDayBefore(days[n] as string, 1 + Math.floor(random() * 5))
    const content = {
      unitId: unit.id,
      criterion: sample.criterion,
      text: sample.text,
      doneOn,
      figure,
      figureUnit,
      links: [],
    }
    const { id } = await run(now, author, async (use, campaign) => {
      const submission = await submit(use, campaign, content, null)
      await evidence.addToSome(use, submission)
      return submission
    })
    // The bot delivers the submissions of the day at 17:30; a decision before that would precede its request.
    const later = new Date(at(days[n] as string, '17:31').getTime() + (now.getUTCMinutes() % 5) * 60_000)
    if (outcome < 0.72) await run(later, head, (use, campaign) => confirm(use, campaign, id))
    const accepting = board && actors.get(board.person.id)
    if (outcome < 0.4 && accepting)
      await run(new Date(later.getTime() + 3 * 60_000), accepting, (use, campaign) => accept(use, campaign, id, null))
    if (outcome >= 0.72 && outcome < 0.82 && n > 2)
      await run(later, head, (use, campaign) => returnToAuthor(use, campaign, id, demoText.returnReason))
  }
}

/** The last day from Monday to Friday that is at least `back` days before `day`. */
function workingDayBefore(day: string, back: number): string {
  const before = addDays(day, -back)
  return mondayToFriday(before) ? before : workingDayBefore(before, 1)
}

/** Everybody on the roster as they act in the bot, by the id of the person. */
export function actorsOf(workspaceId: string, roster: readonly PersonRole[]): Map<string, Actor> {
  const out = new Map<string, Actor & { roles: { role: Role; unit: Unit }[] }>()
  for (const { person, role, unit } of roster) {
    const actor = out.get(person.id) ?? {
      workspaceId,
      person,
      accountId: '',
      roles: [] as { role: Role; unit: Unit }[],
      isConfiguredAdmin: false,
    }
    actor.roles.push({ role, unit })
    out.set(person.id, actor)
  }
  return out
}
