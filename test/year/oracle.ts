import { type IsWorkingDay, isSendingTime, localTime, workingDaysAway } from './calendar.js'
import type { CollegeUnit, Staff } from './college.js'

export type Kind = 'preliminary' | 'final'
export const kinds: readonly Kind[] = ['preliminary', 'final']

/** The reminder ladder of the specification, in working days from the review date. */
const ladder = [-20, -10, -5, -2, -1, 0, 1, 3, 5]
/** A missed rung is made up for during this number of working days. */
const CATCH_UP_DAYS = 20

/** The submissions and reports of a unit, recorded from what its people did. */
export interface Standing {
  /** By criterion, the state of each submission by its id. */
  evidence: Map<string, Map<string, 'waiting' | 'confirmed' | 'returned'>>
  /** The criteria with a nil report. */
  nil: Record<Kind, Set<string>>
  report: Record<Kind, 'none' | 'sent' | 'rejected'>
}

export const newStanding = (): Standing => ({
  evidence: new Map(),
  nil: { preliminary: new Set(), final: new Set() },
  report: { preliminary: 'none', final: 'none' },
})

/** The criteria with neither an active submission nor a nil report. */
export const missingCriteria = (s: Standing, kind: Kind, codes: readonly string[]): string[] =>
  codes.filter((code) => {
    const hasActive = [...(s.evidence.get(code)?.values() ?? [])].some((state) => state !== 'returned')
    return !hasActive && !s.nil[kind].has(code)
  })

/** A reminder that a tick must cause: its recipient and the units that it must name, by review. */
export interface ExpectedReminder {
  staff: Staff
  units: Map<Kind, Set<CollegeUnit>>
  /** The person already has a reminder of today, which is updated instead. */
  isUpdate: boolean
}

/** A unit without anybody to remind, which the Office may be notified of. */
export interface Headless {
  unit: CollegeUnit
  /** The end of the first absence to end, or `nobody` when the unit has no leaders. */
  reason: string
  /** A rung is due now, so the Office must be notified. */
  mustNotify: boolean
}

/** A leader's reminder preference. */
export interface Preference {
  /** The hour of the day from the date `since` on. */
  hour: number
  /** The hour of the day before the date `since`. */
  previousHour: number
  since: string
  /** Whether the person wants the rungs before `LAST_RUNG_BEFORE_REVIEW`. */
  early: boolean
}

/** The last rung before the review; nobody can opt out of this one and the later ones. */
const LAST_RUNG_BEFORE_REVIEW = -1

/**
 * Computes who must be reminded of what, from the specification and without code of the bot. The caller keeps `reviews`,
 * `preferences`, `absences` and `standing` up to date and reports every tick.
 */
export function createOracle(
  units: readonly CollegeUnit[],
  codes: readonly string[],
  standing: ReadonlyMap<CollegeUnit, Standing>,
  isWorkingDay: IsWorkingDay,
) {
  const reviews = new Map<Kind, string>()
  const preferences = new Map<string, Preference>()
  const absences = new Map<string, { from: string; until: string }[]>()
  /** The rungs that were handled, by unit and person. */
  const handled = new Set<string>()
  /** The date of the last reminder, by account. */
  const lastReminder = new Map<string, string>()

  /** Whether a criterion or the unit report is missing. */
  const isIncomplete = (unit: CollegeUnit, kind: Kind): boolean => {
    const s = standing.get(unit) as Standing
    return s.report[kind] !== 'sent' || missingCriteria(s, kind, codes).length > 0
  }

  /** The latest rung of a review up to a date, as `review date offset`; none when it is too old to be made up for. */
  function currentRung(kind: Kind, today: string): string | undefined {
    const date = reviews.get(kind)
    if (!date) return undefined
    const last = ladder.filter((n) => workingDaysAway(date, n, isWorkingDay) <= today).at(-1)
    if (last === undefined) return undefined
    if (today > workingDaysAway(workingDaysAway(date, last, isWorkingDay), CATCH_UP_DAYS, isWorkingDay))
      return undefined
    return `${kind} ${date} ${last}`
  }

  /**
   * Marks a rung as handled for a person of a unit. Returns false when it was handled before, also when the unit was
   * complete then.
   */
  function markHandled(rungKey: string, unit: CollegeUnit, staff: Staff): boolean {
    const target = `${unit.code} ${staff.account}`
    if (handled.has(`${rungKey} ${target}`)) return false
    // A later rung covers the earlier ones, which could become current again when the review date is moved.
    const [kind, date, last] = rungKey.split(' ')
    for (const n of ladder) if (n <= Number(last)) handled.add(`${kind} ${date} ${n} ${target}`)
    return true
  }

  const hourOf = (staff: Staff, date: string): number => {
    const preference = preferences.get(staff.account)
    return preference ? (date >= preference.since ? preference.hour : preference.previousHour) : 8
  }
  /** The hour from which a person is reminded of a unit: for a deputy not before the hour of the absent heads. */
  const hourFor = (staff: Staff, unit: CollegeUnit, date: string): number =>
    unit.heads.includes(staff)
      ? hourOf(staff, date)
      : Math.max(hourOf(staff, date), ...unit.heads.map((head) => hourOf(head, date)))
  /** The last date of the absence that a person has on a date. */
  const absentUntil = (staff: Staff, date: string): string | undefined =>
    absences.get(staff.account)?.find((a) => a.from <= date && date <= a.until)?.until

  const acceptsRung = ({ account }: Staff, offset: number): boolean =>
    preferences.get(account)?.early !== false || offset >= LAST_RUNG_BEFORE_REVIEW

  /** The heads who are present, else the deputies who are, else the reason why nobody can be reminded. */
  function recipients(unit: CollegeUnit, date: string): Staff[] | string {
    for (const people of [unit.heads, unit.deputies]) {
      const present = people.filter((s) => absentUntil(s, date) === undefined)
      if (present.length > 0) return present
    }
    return unit.leaders.map((s) => absentUntil(s, date) as string).sort()[0] ?? 'nobody'
  }

  return {
    reviews,
    preferences,
    absences,
    hourOf,
    /** Records that a leader of a unit was replaced. The new one takes over what the old one was not reminded of. */
    replaceLeader(unit: CollegeUnit, old: Staff, heir: Staff, today: string): void {
      for (const kind of kinds) {
        const rungKey = currentRung(kind, today)
        if (rungKey && handled.has(`${rungKey} ${unit.code} ${old.account}`)) markHandled(rungKey, unit, heir)
      }
    },
    /** Whether the Office is sent the late units of a day: a review has passed, and a unit owes something for it. */
    hasLateUnits: (date: string): boolean =>
      kinds.some((kind) => {
        const review = reviews.get(kind)
        if (!review || date <= review || date > workingDaysAway(review, CATCH_UP_DAYS, isWorkingDay)) return false
        return units.some((unit) => isIncomplete(unit, kind))
      }),
    /** The reminders that a tick at an instant must cause. Call it once per tick. */
    tick(now: number): { reminders: Map<string, ExpectedReminder>; headless: Headless[] } {
      const reminders = new Map<string, ExpectedReminder>()
      const headless: Headless[] = []
      if (!isSendingTime(now, isWorkingDay)) return { reminders, headless }
      const { date, minutes } = localTime(now)
      for (const kind of kinds) {
        const rungKey = currentRung(kind, date)
        if (!rungKey) continue
        for (const unit of units) {
          const due = unit.leaders.filter(
            (s) => minutes >= hourFor(s, unit, date) * 60 && markHandled(rungKey, unit, s),
          )
          if (!isIncomplete(unit, kind)) continue
          const found = recipients(unit, date)
          if (typeof found === 'string') {
            headless.push({ unit, reason: found, mustNotify: due.length > 0 || unit.leaders.length === 0 })
            continue
          }
          const offset = Number(rungKey.split(' ')[2])
          const reminded = due.filter((s) => found.includes(s) && acceptsRung(s, offset))
          // The deputies stand in for a head who is not in the chat, unless another head is reminded anyway.
          if (reminded.some((s) => !s.isInChat) && found.every((s) => !s.isInChat))
            for (const s of unit.deputies)
              if (s.isInChat && absentUntil(s, date) === undefined && acceptsRung(s, offset)) reminded.push(s)
          for (const staff of reminded) {
            const isUpdate = lastReminder.get(staff.account) === date
            const reminder = reminders.get(staff.account) ?? {
              staff,
              units: new Map<Kind, Set<CollegeUnit>>(),
              isUpdate,
            }
            reminders.set(staff.account, reminder)
            reminder.units.set(kind, (reminder.units.get(kind) ?? new Set()).add(unit))
          }
        }
      }
      for (const account of reminders.keys()) lastReminder.set(account, date)
      return { reminders, headless }
    },
    /** Whether a rung is due on a day. */
    isRungDay: (date: string): boolean =>
      kinds.some((kind) => {
        const review = reviews.get(kind)
        return review !== undefined && ladder.some((n) => workingDaysAway(review, n, isWorkingDay) === date)
      }),
  }
}
