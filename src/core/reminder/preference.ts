import type { Ladder } from '../campaign/campaign.js'

/** How a leader prefers to be reminded. An hour is HH:mm; null: the plan's own. */
export interface ReminderPreference {
  at: string | null
  /** The previous hour, which applies to dates before `atFrom`. */
  atBefore: string | null
  /** The first day (yyyy-mm-dd) on which `at` applies. */
  atFrom: string
  /** False: only the last of the rungs before a review. */
  early: boolean
}

export interface ReminderPreferences {
  /** By person id; only people who set something. One query. */
  all(workspaceId: string): Promise<Map<string, ReminderPreference>>
  ofPerson(workspaceId: string, personId: string): Promise<ReminderPreference | undefined>
  put(workspaceId: string, personId: string, wish: ReminderPreference, now: Date): Promise<void>
}

/** The hours to choose from: the ladder's own and each full hour after it until sending ends. */
export function hourChoices({ at, until }: Pick<Ladder, 'at' | 'until'>): string[] {
  const full = Array.from({ length: 24 }, (_, h) => `${String(h).padStart(2, '0')}:00`)
  return [at, ...full.filter((hour) => hour > at && hour < until)]
}

/**
 * The hour (HH:mm) at which a person is reminded on a date. An hour that the ladder no longer allows becomes the
 * ladder's own, so that nobody goes unreminded under a plan with other hours.
 */
export function hourOn(
  wish: ReminderPreference | undefined,
  date: string,
  ladder: Pick<Ladder, 'at' | 'until'>,
): string {
  const hour = wish && chosenHour(wish, date)
  return hour && hour > ladder.at && hour < ladder.until ? hour : ladder.at
}

/**
 * Every hour (HH:mm) that was in use on a rung's day, with the first and last hour at which its people are reminded
 * today. The ladder's own hour is always included.
 */
export function hoursInUse(
  wishes: ReadonlyMap<string, ReminderPreference>,
  rungDay: string,
  today: string,
  ladder: Pick<Ladder, 'at' | 'until'>,
): Map<string, { first: string; last: string }> {
  const kept = new Map([[ladder.at, { first: ladder.at, last: ladder.at }]])
  for (const wish of wishes.values()) {
    const [then, now] = [hourOn(wish, rungDay, ladder), hourOn(wish, today, ladder)]
    const known = kept.get(then) ?? { first: now, last: now }
    kept.set(then, { first: now < known.first ? now : known.first, last: now > known.last ? now : known.last })
  }
  return kept
}

/**
 * Whether a person wants the rung at `offset` working days from the review (negative: before it). The last one before
 * the review, the one on its day and the late ones are always wanted.
 */
export const wantsRung = (
  wish: ReminderPreference | undefined,
  ladder: Pick<Ladder, 'workingDaysBefore'>,
  offset: number,
): boolean => wish?.early !== false || -offset <= Math.min(...ladder.workingDaysBefore)

export const chosenHour = (wish: ReminderPreference, date: string): string | null =>
  date >= wish.atFrom ? wish.at : wish.atBefore
