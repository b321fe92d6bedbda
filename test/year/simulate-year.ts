import { type Dice, dice } from '../chance.js'
import { daysLater, type IsWorkingDay, instant } from './calendar.js'
import type { CollegeUnit } from './college.js'
import { type Kind, kinds } from './oracle.js'
import { noFaults, usualFaults } from './unreliable-slack.js'
import { createYearFixture, type WhileSending } from './year-fixture.js'

/** Options of a simulated year. */
export interface YearOptions {
  seed: number
  units: number
  /** The number of times the bot is killed. */
  kills: number
  isWorkingDay: IsWorkingDay
}

/**
 * Simulates the year 2024 of a campaign. Returns counts of ticks, reminders, actions, calls, faults and kills. Throws an
 * error at the first reminder that is wrong or missing.
 */
export async function simulateYear({ seed, units, kills, isWorkingDay }: YearOptions) {
  const chance = dice(seed)
  const year = await createYearFixture({ seed, units, isWorkingDay })
  const { college, slack, simulation, people, oracle, count, tick } = year
  const start = simulation.now()
  let ticksWithReminders = 0
  const whileSending: WhileSending = async (reminders, changed) => {
    if (reminders.size === 0) return
    ticksWithReminders++
    // Three quarters of the kills are spread over the ticks with reminders, when the bot sends a few hundred messages.
    const elapsed = (simulation.now() - start) / (instant('2025-01-10', 0) - start)
    simulation.setKillTarget(Math.ceil(kills * Math.min(1, 0.25 * elapsed + 0.75 * (ticksWithReminders / 17))))
    if (!chance.hit(0.3)) return
    for (const [kind, set] of chance.pick([...reminders.values()]).units)
      for (const unit of set) {
        changed.add(unit)
        await people.completeReview(unit, kind)
        await simulation.advance(30)
      }
  }
  async function perform({ type, unit, kind }: Action, today: string): Promise<void> {
    count.actions++
    const review = kind ?? kinds.find((k) => (oracle.reviews.get(k) ?? '9') >= today) ?? 'final'
    if (type === 'replaceHead') await year.replaceHead(unit, today)
    else if (type === 'completeReview' || type === 'withdrawNilReport') await people[type](unit, review)
    else if (type === 'setPreference' || type === 'enterAbsence') await year[type](chance.pick(unit.leaders), today)
    else await people[type](unit)
  }
  try {
    const plan = planYear(chance, college.units)
    for (let date = '2024-01-02'; date < '2025-01-16'; date = daysLater(date, 1)) {
      const today = plan.actions.get(date) ?? []
      if (plan.isDown(date)) {
        // Nobody can act until the bot runs again.
        plan.postpone(daysLater(date, 1), today)
        continue
      }
      const dates = plan.dates.get(date)
      const isAfternoonOutage = oracle.isRungDay(date) && chance.hit(0.2)
      const ticks = tickTimes(date, oracle.isRungDay(date) || dates !== undefined, chance, isWorkingDay).filter(
        // Whoever is reminded in the afternoon then gets the rung on a later day.
        (at) => !isAfternoonOutage || at < instant(date, 12 * 60),
      )
      const events: { at: number; run(): Promise<void> }[] = [
        ...today.map((action) => ({
          // A roster is imported before the working hours.
          at: instant(date, chance.between(6 * 60, action.type === 'replaceHead' ? 7 * 60 + 30 : 23 * 60)),
          run: () => perform(action, date),
        })),
        ...ticks.map((at) => ({ at, run: () => tick(whileSending) })),
      ]
      for (const { from, to, set } of dates ?? [])
        events.push({ at: instant(date, chance.between(from * 60, to * 60)), run: () => year.setDates(set) })
      for (const { at, run } of events.sort((a, b) => a.at - b.at)) {
        if (at > simulation.now()) simulation.setTime(at)
        slack.faultRates = chance.hit(0.1) ? noFaults : usualFaults
        await run()
        await simulation.settle()
        year.checkNoReminder()
      }
    }
    while (simulation.killCount() < kills) {
      simulation.setKillTarget(kills)
      await tick()
    }
    year.checkOffice()
    return { ...count, ...slack.counts, kills: simulation.killCount() }
  } catch (error) {
    throw new Error(`seed ${seed}, ${new Date(simulation.now()).toISOString()}: ${(error as Error).message}`, {
      cause: error,
    })
  } finally {
    await year.close()
  }
}

/** An action of a person of a unit. */
interface Action {
  type:
    | 'completeReview'
    | 'submitEvidence'
    | 'confirmSubmission'
    | 'returnSubmission'
    | 'withdrawSubmission'
    | 'withdrawNilReport'
    | 'setPreference'
    | 'enterAbsence'
    | 'replaceHead'
  unit: CollegeUnit
  /** The review; by default the next one. */
  kind?: Kind
}

/** A change of the dates of reviews between two hours of a day. */
interface DateChange {
  from: number
  to: number
  set: Partial<Record<Kind, string>>
}

/** Plans the year: when the dates of the reviews are set, the actions of people, and the days on which the bot is down. */
function planYear(chance: Dice, units: readonly CollegeUnit[]) {
  const actions = new Map<string, Action[]>()
  const addActions = (date: string, ...list: Action[]) => actions.set(date, [...(actions.get(date) ?? []), ...list])
  // 3 May 2024 precedes a Saturday worked in exchange for a holiday; the ladders of the second pair overlap.
  const [preliminary, final] = chance.pick([
    ['2024-05-03', '2024-09-05'],
    ['2024-11-22', '2024-12-20'],
    ['2024-06-28', '2024-12-31'],
  ] as const)
  const dates = new Map<string, DateChange[]>([['2024-02-19', [{ from: 7, to: 14, set: { preliminary, final } }]]])
  // The date moves by some days after its ladder has begun, so its rungs are computed again. It may move back at once.
  if (chance.hit(0.5)) {
    const moved = { from: 7, to: 14, set: { preliminary: daysLater(preliminary, chance.between(3, 12)) } }
    const back = { from: 14, to: 17, set: { preliminary } }
    dates.set(daysLater(preliminary, chance.pick([-14, -9, -7])), chance.hit(0.5) ? [moved, back] : [moved])
  }
  for (const [kind, date] of [
    ['preliminary', preliminary],
    ['final', final],
  ] as const)
    for (const unit of units)
      if (chance.hit(0.4)) addActions(daysLater(date, chance.between(-32, 8)), { type: 'completeReview', unit, kind })
  const evidenceActions = [
    'submitEvidence',
    'submitEvidence',
    'confirmSubmission',
    'returnSubmission',
    'withdrawSubmission',
    'withdrawNilReport',
  ] as const
  for (let n = 0; n < units.length / 5; n++) {
    const unit = chance.pick(units.filter((u) => u.leaders.length > 0))
    let date = daysLater('2024-02-20', chance.between(0, 300))
    for (const type of [chance.pick(evidenceActions), chance.pick(evidenceActions), chance.pick(evidenceActions)]) {
      addActions(date, { type, unit })
      date = daysLater(date, chance.between(0, 6))
    }
  }
  for (let n = 0; n < units.length / 4; n++) {
    const unit = chance.pick(units.filter((u) => u.leaders.length > 0))
    addActions(daysLater('2024-02-20', chance.between(0, 300)), {
      type: chance.pick(['setPreference', 'enterAbsence', 'enterAbsence']),
      unit,
    })
  }
  for (const unit of units.filter((u) => u.members.length > 0 && u.heads.length > 0))
    for (let n = 0; n < 2; n++)
      if (chance.hit(0.5)) addActions(daysLater('2024-02-20', chance.between(0, 320)), { type: 'replaceHead', unit })
  const outages: [string, string][] = []
  for (let n = 0; n < 6; n++) {
    const from = daysLater('2024-03-01', chance.between(0, 290))
    outages.push([from, daysLater(from, chance.between(1, 9))])
  }
  return {
    actions,
    dates,
    isDown: (date: string) => outages.some(([from, to]) => from <= date && date < to && !dates.has(date)),
    postpone: (date: string, list: Action[]) => addActions(date, ...list),
  }
}

/**
 * The times of the ticks of a day: few when nothing is due. The last one in the sending hours is early enough for its
 * messages to be sent the same day, even when the bot is killed.
 */
function tickTimes(date: string, isRungDay: boolean, chance: Dice, isWorkingDay: IsWorkingDay): number[] {
  const at = (minutes: number) => instant(date, minutes)
  if (!isWorkingDay(date)) return chance.hit(0.5) ? [at(chance.between(8 * 60, 17 * 60))] : []
  const ticks = [chance.hit(0.7) ? at(8 * 60) : at(chance.between(8 * 60, 17 * 60))]
  if (isRungDay || chance.hit(0.1))
    ticks.push(
      at(chance.between(0, 7 * 60 + 55)),
      at(chance.between(8 * 60, 17 * 60)),
      at(chance.between(17 * 60, 17 * 60 + 30)),
      at(chance.between(18 * 60, 23 * 60 + 59)),
    )
  return ticks
}
