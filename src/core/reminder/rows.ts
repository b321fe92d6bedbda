import type { ReviewKind } from '../campaign/review.js'
import type { ReminderItem } from './payload.js'

/** One unit of which one message reminds one person. */
export interface ReminderLine {
  campaignId: string
  kind: ReviewKind
  /** yyyy-mm-dd. */
  reviewDate: string
  unitId: string
  personId: string
  /** Key of the message in the outbox. */
  key: string
}

/** The part of a unit for one review that its head gave to a colleague. */
export interface Handover {
  campaignId: string
  kind: ReviewKind
  unitId: string
  personId: string
  byId: string
}

/** The reminder that a person put off. */
export interface Snooze {
  key: string
  until: Date
}

export interface Reminders {
  /** Notes whom a message reminds of what; noted once a key. */
  log(workspaceId: string, lines: readonly ReminderLine[], now: Date): Promise<void>
  /** How often each unit was reminded of a review by then, and when last; not by messages that came to nothing. */
  ofReview(
    campaignId: string,
    kind: ReviewKind,
    reviewDate: string,
    by: Date,
  ): Promise<Map<string, { times: number; last: Date }>>
  /** When each person was reminded last, of those that were since then. */
  lately(workspaceId: string, since: Date): Promise<Map<string, Date>>
  /** A person's reminders that stand in the chat and were made since then, the oldest first; `about` as `aboutReminders`. */
  sentTo(about: string, since: Date): Promise<{ key: string; createdAt: Date; payload: Record<string, unknown> }[]>
  /** Gives a message of the outbox and what is noted of it another key, which nothing has. */
  rename(key: string, to: string, items: readonly ReminderItem[]): Promise<void>
  /** A person's reminders made after an instant that are due by `now`: they stand in the chat, or are about to. */
  newer(about: string, after: Date, now: Date): Promise<{ payload: unknown }[]>
  /** What one person put off last; it may have come meanwhile. */
  snoozeOf(personId: string): Promise<Snooze | undefined>
  /** What each person put off last; it may have come meanwhile. */
  snoozed(workspaceId: string): Promise<Map<string, Snooze>>
  /** Reminders that wait and were not tried yet, or in vain for certain; by hand or by the calendar. */
  unsent(workspaceId: string): Promise<{ key: string; personId: string; payload: unknown; dueAt: Date }[]>
  snooze(workspaceId: string, personId: string, snooze: Snooze): Promise<void>
  forgetSnooze(personId: string): Promise<void>
}

export interface Handovers {
  /** Only to people who are still on the roster of the unit; so does `ofUnit`. */
  all(workspaceId: string): Promise<Handover[]>
  ofUnit(campaignId: string, kind: ReviewKind, unitId: string): Promise<Handover[]>
  /** People whom a head gave a part of the unit to, for any review of the campaign. */
  helpersOf(campaignId: string, unitId: string): Promise<string[]>
  /** What was ever given to a person and not taken back. */
  toPerson(workspaceId: string, personId: string): Promise<Handover[]>
  /** False when it was given to them already. */
  give(workspaceId: string, handover: Handover, now: Date): Promise<boolean>
  /** False when it was not theirs. */
  takeBack(handover: Omit<Handover, 'byId'>): Promise<boolean>
}
export interface Rungs {
  /** Keys of what was planned, or stands for it. */
  planned(campaignId: string): Promise<Set<string>>
  markPlanned(workspaceId: string, campaignId: string, key: string, now: Date): Promise<void>
}
