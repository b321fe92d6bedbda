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

/** Who is owed a message by a tick, and which units it must be about, by review. */
export interface Owed {
  staff: Staff
  units: Map<Kind, Set<UnitOf>>
  /** They have a message of today already: this comes with it, and nothing more arrives. */
  folded: boolean
}

/** A unit of which nobody can be reminded. `must`: it is somebody's turn now, so that the Office has to be told. */
export interface Headless {
  unit: UnitOf
  why: string
  must: boolean
}

/** How a head wishes to be reminded: at which full hour, another one before `since`; and whether of early rungs at all. */
export interface Wish {
  hour: number
  before: number
  since: string
  early: boolean
}

/** The last rung before the review; it and those after it can be refused by nobody. */
const LAST_BEFORE = -1

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
  const wishes = new Map<string, Wish>()
  const away = new Map<string, { from: string; until: string }[]>()
  const dealtWith = new Set<string>()
  const lastDay = new Map<string, string>()

  /** Something is missing, or everything is there but the report. */
  const owes = (unit: UnitOf, kind: Kind): boolean => {
    const s = standing.get(unit) as Standing
    return s.report[kind] !== 'sent' || missingOf(s, kind, codes).length > 0
  }

  /** The rung of a review that stands for all up to a day, unless it is long past. */
  function rung(kind: Kind, today: string): string | undefined {
    const date = reviews.get(kind)
    if (!date) return undefined
    const last = ladder.filter((n) => workingDaysAway(date, n, works) <= today).at(-1)
    if (last === undefined) return undefined
    if (today > workingDaysAway(workingDaysAway(date, last, works), LASTS, works)) return undefined
    return `${kind} ${date} ${last}`
  }

  /** Whoever is to be reminded of a unit is so once a rung; who owes nothing when it comes waits for the next. */
  function firstTime(name: string, unit: UnitOf, staff: Staff): boolean {
    const of = `${unit.code} ${staff.account}`
    if (dealtWith.has(`${name} ${of}`)) return false
    // A date that was moved and moved back: what lies before was said with it.
    const [kind, date, last] = name.split(' ')
    for (const n of ladder) if (n <= Number(last)) dealtWith.add(`${kind} ${date} ${n} ${of}`)
    return true
  }

  const hourOf = (staff: Staff, date: string): number => {
    const wish = wishes.get(staff.account)
    return wish ? (date >= wish.since ? wish.hour : wish.before) : 8
  }
  /** Whoever stands in for a head is not reminded before that head would be. */
  const hourFor = (staff: Staff, unit: UnitOf, date: string): number =>
    unit.heads.includes(staff)
      ? hourOf(staff, date)
      : Math.max(hourOf(staff, date), ...unit.heads.map((head) => hourOf(head, date)))
  const awayUntil = (staff: Staff, date: string): string | undefined =>
    away.get(staff.account)?.find((a) => a.from <= date && date <= a.until)?.until

  const wants = ({ account }: Staff, rung: number): boolean =>
    wishes.get(account)?.early !== false || rung >= LAST_BEFORE

  /** The heads who are there, else the deputies who are; else why there is nobody. */
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
    /** What a tick at an instant owes. */
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
    /** Whether a rung comes due on a day, so that it is worth a tick more. */
    isRungDay: (date: string): boolean =>
      kinds.some((kind) => {
        const review = reviews.get(kind)
        return review !== undefined && ladder.some((n) => workingDaysAway(review, n, works) === date)
      }),
  }
}
