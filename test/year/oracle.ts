import { mayWrite, type WorkingDay, wall, workingDaysAway } from './calendar.js'
import type { Staff, UnitOf } from './college.js'

export type Kind = 'preliminary' | 'final'
export const kinds: readonly Kind[] = ['preliminary', 'final']

/** The ladder as issue 4 gives it. */
const ladder = [-20, -10, -5, -2, -1, 0, 1, 3, 5]
/** A rung that was missed is made good for this long. */
const LASTS = 20

/** What stands in a unit, as whoever acts there knows it. */
export interface Standing {
  /** States of what was handed in, by criterion. */
  evidence: Map<string, Map<string, 'waiting' | 'confirmed' | 'returned'>>
  nil: Record<Kind, Set<string>>
  report: Record<Kind, 'none' | 'sent' | 'rejected'>
}

export const newStanding = (): Standing => ({
  evidence: new Map(),
  nil: { preliminary: new Set(), final: new Set() },
  report: { preliminary: 'none', final: 'none' },
})

export const missingOf = (s: Standing, kind: Kind, codes: readonly string[]): string[] =>
  codes.filter((code) => {
    const stands = [...(s.evidence.get(code)?.values() ?? [])].some((state) => state !== 'returned')
    return !stands && !s.nil[kind].has(code)
  })

/** Who is owed a reminder after a tick, and what of. */
export interface Owed {
  staff: Staff
  units: Map<Kind, Set<UnitOf>>
}

/**
 * Says who is to be reminded of what, from the words of issue 4 and nothing of the bot's. Knows the dates, the hours and
 * how each unit stands; is told of every tick.
 */
export function oracle(
  units: readonly UnitOf[],
  codes: readonly string[],
  standing: ReadonlyMap<UnitOf, Standing>,
  works: WorkingDay,
) {
  const reviews = new Map<Kind, string>()
  const said = new Set<string>()

  const lacks = (unit: UnitOf, kind: Kind): boolean => missingOf(standing.get(unit) as Standing, kind, codes).length > 0

  /** The rung of a review that a tick finds due: the latest that came, unless it was said or is long past. */
  function rung(kind: Kind, today: string): boolean {
    const date = reviews.get(kind)
    if (!date) return false
    const come = ladder.filter((n) => workingDaysAway(date, n, works) <= today)
    const last = come.at(-1)
    if (last === undefined || said.has(`${kind} ${date} ${last}`)) return false
    if (today > workingDaysAway(workingDaysAway(date, last, works), LASTS, works)) return false
    for (const n of come) said.add(`${kind} ${date} ${n}`)
    return true
  }

  return {
    reviews,
    lacks,
    /** What a tick at an instant owes. */
    tick(now: number): { owed: Map<string, Owed>; headless: UnitOf[] } {
      const owed = new Map<string, Owed>()
      const headless: UnitOf[] = []
      if (!mayWrite(now, works)) return { owed, headless }
      const { date } = wall(now)
      for (const kind of kinds.filter((k) => rung(k, date)))
        for (const unit of units) {
          if (!lacks(unit, kind)) continue
          if (unit.leaders.length === 0) headless.push(unit)
          for (const staff of unit.leaders) {
            const one = owed.get(staff.account) ?? { staff, units: new Map<Kind, Set<UnitOf>>() }
            owed.set(staff.account, one)
            one.units.set(kind, (one.units.get(kind) ?? new Set()).add(unit))
          }
        }
      return { owed, headless }
    },
    /** Whether a rung comes due on a day, so that it is worth a tick more. */
    isRungDay: (date: string): boolean =>
      kinds.some((kind) => {
        const review = reviews.get(kind)
        return review !== undefined && ladder.some((n) => workingDaysAway(review, n, works) === date)
      }),
  }
}
