import { type Dice, dice } from '../chance.js'
import { daysLater, instant, type WorkingDay } from './calendar.js'
import type { UnitOf } from './college.js'
import { type Kind, kinds } from './oracle.js'
import { type Meanwhile, setYear } from './stage.js'
import { calm, usual } from './unreliable-slack.js'

export interface YearOptions {
  seed: number
  units: number
  kills: number
  works: WorkingDay
}

/**
 * Simulates the year 2024 of a campaign. Throws an error at the first reminder that is wrong or missing. Returns counts of
 * what happened.
 */
export async function liveYear({ seed, units, kills, works }: YearOptions) {
  const chance = dice(seed)
  const year = await setYear({ seed, units, works })
  const { college, slack, world, lives, expected, count, tick } = year
  const start = world.now()
  let bursts = 0
  const meanwhile: Meanwhile = async (owed, changed) => {
    if (owed.size === 0) return
    bursts++
    // Most kills hit a bot that is sending a few hundred messages.
    const part = (world.now() - start) / (instant('2025-01-10', 0) - start)
    world.killUntil(Math.ceil(kills * Math.min(1, 0.25 * part + 0.75 * (bursts / 17))))
    if (!chance.hit(0.3)) return
    for (const [kind, set] of chance.pick([...owed.values()]).units)
      for (const unit of set) {
        changed.add(unit)
        await lives.finish(unit, kind)
        await world.pass(30)
      }
  }
  async function happen({ what, unit, kind }: Act, today: string): Promise<void> {
    count.acts++
    const review = kind ?? kinds.find((k) => (expected.reviews.get(k) ?? '9') >= today) ?? 'final'
    if (what === 'finish' || what === 'takeBack') await lives[what](unit, review)
    else if (what === 'wish' || what === 'away')
      await (what === 'wish' ? year.wish : year.goAway)(chance.pick(unit.leaders), today)
    else await lives[what](unit)
  }
  try {
    const plan = planOfYear(chance, college.units)
    for (let date = '2024-01-02'; date < '2025-01-16'; date = daysLater(date, 1)) {
      const today = plan.acts.get(date) ?? []
      if (plan.down(date)) {
        // People wait until the bot runs again.
        plan.postpone(daysLater(date, 1), today)
        continue
      }
      const dates = plan.dates.get(date)
      // Ticks when something is due, and some at other times.
      const ticks = ticksOf(date, expected.isRungDay(date) || dates !== undefined, chance, works)
      const events: { at: number; happens(): Promise<void> }[] = [
        ...today.map((act) => ({
          at: instant(date, chance.between(6 * 60, 23 * 60)),
          happens: () => happen(act, date),
        })),
        ...ticks.map((at) => ({ at, happens: () => tick(meanwhile) })),
      ]
      if (dates)
        events.push({ at: instant(date, chance.between(7 * 60, 14 * 60)), happens: () => year.setDates(dates) })
      for (const { at, happens } of events.sort((a, b) => a.at - b.at)) {
        if (at > world.now()) world.goTo(at)
        slack.troubles = chance.hit(0.1) ? calm : usual
        await happens()
        await world.settle()
        year.checkQuiet()
      }
    }
    while (world.kills() < kills) {
      world.killUntil(kills)
      await tick()
    }
    year.checkOffice()
    return { ...count, ...slack.counts, kills: world.kills() }
  } catch (error) {
    throw new Error(`seed ${seed}, ${new Date(world.now()).toISOString()}: ${(error as Error).message}`, {
      cause: error,
    })
  } finally {
    await year.end()
  }
}

interface Act {
  what: 'finish' | 'handIn' | 'confirm' | 'returned' | 'withdraw' | 'takeBack' | 'wish' | 'away'
  unit: UnitOf
  kind?: Kind
}

/** The events of the year: the dates of the reviews, actions of people, and days on which the bot is down. */
function planOfYear(chance: Dice, units: readonly UnitOf[]) {
  const acts = new Map<string, Act[]>()
  const put = (date: string, ...list: Act[]) => acts.set(date, [...(acts.get(date) ?? []), ...list])
  // The first review is near a holiday swapped for a Saturday; later, rungs of both reviews fall on the same days.
  const [preliminary, final] = chance.pick([
    ['2024-05-03', '2024-09-05'],
    ['2024-11-22', '2024-12-20'],
    ['2024-06-28', '2024-12-31'],
  ] as const)
  const dates = new Map<string, Partial<Record<Kind, string>>>([['2024-02-19', { preliminary, final }]])
  // Moved by some days after its ladder has begun, so its rungs are computed again.
  if (chance.hit(0.5))
    dates.set(daysLater(preliminary, -9), { preliminary: daysLater(preliminary, chance.between(3, 12)) })
  for (const [kind, date] of [
    ['preliminary', preliminary],
    ['final', final],
  ] as const)
    for (const unit of units)
      if (chance.hit(0.4)) put(daysLater(date, chance.between(-32, 8)), { what: 'finish', unit, kind })
  const others = ['handIn', 'handIn', 'confirm', 'returned', 'withdraw', 'takeBack'] as const
  for (let n = 0; n < units.length / 5; n++) {
    const unit = chance.pick(units.filter((u) => u.leaders.length > 0))
    let date = daysLater('2024-02-20', chance.between(0, 300))
    for (const what of [chance.pick(others), chance.pick(others), chance.pick(others)]) {
      put(date, { what, unit })
      date = daysLater(date, chance.between(0, 6))
    }
  }
  for (let n = 0; n < units.length / 4; n++) {
    const unit = chance.pick(units.filter((u) => u.leaders.length > 0))
    put(daysLater('2024-02-20', chance.between(0, 300)), { what: chance.pick(['wish', 'away', 'away']), unit })
  }
  const down: [string, string][] = []
  for (let n = 0; n < 6; n++) {
    const from = daysLater('2024-03-01', chance.between(0, 290))
    down.push([from, daysLater(from, chance.between(1, 9))])
  }
  return {
    acts,
    dates,
    down: (date: string) => down.some(([from, to]) => from <= date && date < to && !dates.has(date)),
    postpone: (date: string, list: Act[]) => put(date, ...list),
  }
}

/** The ticks of a day: few when nothing is due; never so late that a kill may delay sending beyond the sending hours. */
function ticksOf(date: string, isRungDay: boolean, chance: Dice, works: WorkingDay): number[] {
  const at = (minutes: number) => instant(date, minutes)
  if (!works(date)) return chance.hit(0.5) ? [at(chance.between(8 * 60, 17 * 60))] : []
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
