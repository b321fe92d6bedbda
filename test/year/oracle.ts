import { mayWrite, type WorkingDay, wall, workingDaysAway } from './calendar.js'
import type { Staff, UnitOf } from './college.js'

export type Kind = 'preliminary' | 'final'
export const kinds: readonly Kind[] = ['preliminary', 'final']

/** The ladder of the specification. */
const ladder = [-20, -10, -5, -2, -1, 0, 1, 3, 5]
/** A missed rung is made up for during this time. */
const LASTS = 20

/** The state of a unit as its people know it. */
export interface Standing {
  /** States of the submissions by criterion. */
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

/** A person who must get a message by a tick, and the units that it must name, by review. */
export interface Owed {
  staff: Staff
  units: Map<Kind, Set<UnitOf>>
  /** They already have a message of today, which is updated instead. */
  folded: boolean
}

/** A unit without anybody to remind. `must`: a rung is due now, so the Office must be told. */
export interface Headless {
  unit: UnitOf
  why: string
  must: boolean
}

/** A head's preference: the full hour, with another one before `since`, and whether early rungs are wanted. */
export interface Wish {
  hour: number
  before: number
  since: string
  early: boolean
}

/** The last rung before the review; nobody can opt out of it and of later ones. */
const LAST_BEFORE = -1

/**
 * Decides who must be reminded of what, from the specification alone, without code of the bot. Knows the dates, the
 * hours and the state of each unit; is informed of every tick.
 */
export function oracle(
  units: readonly UnitOf[],
  codes: readonly string[],
  standing: ReadonlyMap<UnitOf, Standing>,
  works: WorkingDay,
) {
  const reviews = new Map<Kind, string>()
  const wishes = new Map<string, Wish>()
  const away = new Map<string, { from: string; until: string }[]>()
  const dealtWith = new Set<string>()
  const lastDay = new Map<string, string>()

  /** A criterion is missing, or only the report. */
  const owes = (unit: UnitOf, kind: Kind): boolean => {
    const s = standing.get(unit) as Standing
    return s.report[kind] !== 'sent' || missingOf(s, kind, codes).length > 0
  }

  /** The newest rung of a review up to a day, unless it is long past. */
  function rung(kind: Kind, today: string): string | undefined {
    const date = reviews.get(kind)
    if (!date) return undefined
    const last = ladder.filter((n) => workingDaysAway(date, n, works) <= today).at(-1)
    if (last === undefined) return undefined
    if (today > workingDaysAway(workingDaysAway(date, last, works), LASTS, works)) return undefined
    return `${kind} ${date} ${last}`
  }

  /** A unit is reminded of once per rung; a complete unit waits for the next rung. */
  function firstTime(name: string, unit: UnitOf, staff: Staff): boolean {
    const of = `${unit.code} ${staff.account}`
    if (dealtWith.has(`${name} ${of}`)) return false
    // The date was moved and moved back: earlier rungs were covered then.
    const [kind, date, last] = name.split(' ')
    for (const n of ladder) if (n <= Number(last)) dealtWith.add(`${kind} ${date} ${n} ${of}`)
    return true
  }

  const hourOf = (staff: Staff, date: string): number => {
    const wish = wishes.get(staff.account)
    return wish ? (date >= wish.since ? wish.hour : wish.before) : 8
  }
  /** A deputy is not reminded before the absent head would be. */
  const hourFor = (staff: Staff, unit: UnitOf, date: string): number =>
    unit.heads.includes(staff)
      ? hourOf(staff, date)
      : Math.max(hourOf(staff, date), ...unit.heads.map((head) => hourOf(head, date)))
  const awayUntil = (staff: Staff, date: string): string | undefined =>
    away.get(staff.account)?.find((a) => a.from <= date && date <= a.until)?.until

  const wants = ({ account }: Staff, rung: number): boolean =>
    wishes.get(account)?.early !== false || rung >= LAST_BEFORE

  /** The present heads, else the present deputies, else the reason why there is nobody. */
  function recipients(unit: UnitOf, date: string): Staff[] | string {
    for (const people of [unit.heads, unit.deputies]) {
      const there = people.filter((s) => awayUntil(s, date) === undefined)
      if (there.length > 0) return there
    }
    return unit.leaders.map((s) => awayUntil(s, date) as string).sort()[0] ?? 'nobody'
  }

  return {
    reviews,
    wishes,
    away,
    hourOf,
    /** The messages that a tick at an instant must cause. */
    tick(now: number): { owed: Map<string, Owed>; headless: Headless[] } {
      const owed = new Map<string, Owed>()
      const headless: Headless[] = []
      if (!mayWrite(now, works)) return { owed, headless }
      const { date, minutes } = wall(now)
      for (const kind of kinds) {
        const name = rung(kind, date)
        if (!name) continue
        for (const unit of units) {
          const turn = unit.leaders.filter((s) => minutes >= hourFor(s, unit, date) * 60 && firstTime(name, unit, s))
          if (!owes(unit, kind)) continue
          const found = recipients(unit, date)
          if (typeof found === 'string') {
            headless.push({ unit, why: found, must: turn.length > 0 || unit.leaders.length === 0 })
            continue
          }
          for (const staff of turn) {
            if (!found.includes(staff) || !wants(staff, Number(name.split(' ')[2]))) continue
            const folded = lastDay.get(staff.account) === date
            const one = owed.get(staff.account) ?? { staff, units: new Map<Kind, Set<UnitOf>>(), folded }
            owed.set(staff.account, one)
            one.units.set(kind, (one.units.get(kind) ?? new Set()).add(unit))
          }
        }
      }
      for (const account of owed.keys()) lastDay.set(account, date)
      return { owed, headless }
    },
    /** Whether a rung is due on a day. */
    isRungDay: (date: string): boolean =>
      kinds.some((kind) => {
        const review = reviews.get(kind)
        return review !== undefined && ladder.some((n) => workingDaysAway(review, n, works) === date)
      }),
  }
}
