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
  put(workspaceId: string, personId: string, preference: ReminderPreference, now: Date): Promise<void>
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
  preference: ReminderPreference | undefined,
  date: string,
  ladder: Pick<Ladder, 'at' | 'until'>,
): string {
  const hour = preference && chosenHour(preference, date)
  return hour && hour > ladder.at && hour < ladder.until ? hour : ladder.at
}

/** Every hour (HH:mm) at which somebody is reminded on a day, in order; the ladder's own is always among them. */
export function hoursInUse(
  preferences: ReadonlyMap<string, ReminderPreference>,
  day: string,
  ladder: Pick<Ladder, 'at' | 'until'>,
): string[] {
  const hours = new Set([ladder.at])
  for (const preference of preferences.values()) hours.add(hourOn(preference, day, ladder))
  return [...hours].sort()
}

/**
 * Whether a person wants the rung at `offset` working days from the review (negative: before it). The last one before
 * the review, the one on its day and the late ones are always wanted.
 */
export const wantsRung = (
  preference: ReminderPreference | undefined,
  ladder: Pick<Ladder, 'workingDaysBefore'>,
  offset: number,
): boolean => preference?.early !== false || -offset <= Math.min(...ladder.workingDaysBefore)

/** The hour (HH:mm) that a person chose for a date; null for the ladder's own. */
export const chosenHour = (preference: ReminderPreference, date: string): string | null =>
  date >= preference.atFrom ? preference.at : preference.atBefore
