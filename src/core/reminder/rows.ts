import type { Review, ReviewKind } from '../campaign/review.js'
import type { MessageState } from '../outbox/outbox.js'
import type { ReminderItem } from './payload.js'

/** One unit in one message to one person. */
export interface ReminderLine {
  campaignId: string
  kind: ReviewKind
  /** yyyy-mm-dd. */
  reviewDate: string
  unitId: string
  personId: string
  /** The message's key in the outbox. */
  key: string
  /** The rung of the ladder, in working days from the review; undefined for a reminder of no rung. */
  rung?: number
}

/** A person who was or will be reminded of a unit, as one message says. */
export interface UnitReminder {
  personId: string
  /** The date of the review, yyyy-mm-dd, for which it was planned. */
  reviewDate: string
  rung: number | null
  at: Date
  /** Of the message. */
  state: MessageState
}

/** One person who is reminded of one unit. */
export interface UnitPerson {
  unitId: string
  personId: string
}

/** A unit's work for one review that its head handed over to a colleague. */
export interface Handover {
  campaignId: string
  kind: ReviewKind
  unitId: string
  personId: string
  byId: string
}

/** The reminder that a person snoozed. */
export interface Snooze {
  key: string
  until: Date
}

export interface Reminders {
  /**
   * Logs which units a message reminds a person of, once per key. Of several rungs in one message the latest counts.
   */
  log(workspaceId: string, lines: readonly ReminderLine[], now: Date): Promise<void>
  /**
   * How often each unit was reminded of a review until an instant, and when last; messages that never arrived do not
   * count.
   */
  ofReview(
    campaignId: string,
    kind: ReviewKind,
    reviewDate: string,
    by: Date,
  ): Promise<Map<string, { times: number; last: Date }>>
  /** Everyone with a reminder of a rung of a review, or of a later one, in any state. */
  ofRung(campaignId: string, review: Review, rung: number): Promise<UnitPerson[]>
  /** The reminders of one unit and review, whatever its date was, oldest first. */
  ofUnit(campaignId: string, kind: ReviewKind, unitId: string): Promise<UnitReminder[]>
  /** Deletes the log of a part of a message that is no longer sent. */
  forget(key: string, part: { campaignId: string; kind: ReviewKind; unitId: string }): Promise<void>
  /** The newest reminder of each person about a review that is in the chat, made since an instant. */
  latestOf(campaignId: string, kind: ReviewKind, since: Date): Promise<string[]>
  /** When each person was last reminded; only people reminded since an instant. */
  lately(workspaceId: string, since: Date): Promise<Map<string, Date>>
  /** A person's reminders in the chat made since an instant, oldest first; `about` as `aboutReminders` makes it. */
  sentTo(about: string, since: Date): Promise<{ key: string; createdAt: Date; payload: Record<string, unknown> }[]>
  /** Changes the key of an outbox message and of its log lines to an unused one. */
  rename(key: string, to: string, items: readonly ReminderItem[]): Promise<void>
  /**
   * A person's reminders made after an instant and due by `now`: sent, about to be, or passed on because the person cannot
   * be reached.
   */
  newer(about: string, after: Date, now: Date): Promise<{ payload: unknown }[]>
  /** The last snooze of one person; it may have been sent since. */
  snoozeOf(personId: string): Promise<Snooze | undefined>
  /** The last snooze of each person; it may have been sent since. */
  snoozed(workspaceId: string): Promise<Map<string, Snooze>>
  /** Waiting reminders, manual or scheduled, that were certainly not delivered. */
  unsent(workspaceId: string): Promise<{ key: string; personId: string; payload: unknown; dueAt: Date }[]>
  snooze(workspaceId: string, personId: string, snooze: Snooze): Promise<void>
  forgetSnooze(personId: string): Promise<void>
}

export interface Handovers {
  /** Only handovers to people who are still on the roster of the unit; `ofUnit` likewise. */
  all(workspaceId: string): Promise<Handover[]>
  ofUnit(campaignId: string, kind: ReviewKind, unitId: string): Promise<Handover[]>
  /** People to whom work of the unit was handed over, for any review of the campaign. */
  helpersOf(campaignId: string, unitId: string): Promise<string[]>
  /** Everything handed over to a person and not taken back. */
  toPerson(workspaceId: string, personId: string): Promise<Handover[]>
  /** Returns false when it was theirs already. */
  insert(workspaceId: string, handover: Handover, now: Date): Promise<boolean>
  /** Returns false when it was not theirs. */
  remove(handover: Omit<Handover, 'byId'>): Promise<boolean>
}

export interface Rungs {
  /** Keys of what is planned: rungs, hours at which they were evaluated, digests. */
  planned(campaignId: string): Promise<Set<string>>
  markPlanned(workspaceId: string, campaignId: string, key: string, now: Date): Promise<void>
  unmark(campaignId: string, key: string): Promise<void>
  /** The turns of a rung (`rungKey`) that have not come yet. */
  openTurns(campaignId: string, rungKey: string): Promise<UnitPerson[]>
  addTurns(workspaceId: string, campaignId: string, rungKey: string, turns: readonly UnitPerson[]): Promise<void>
  closeTurns(campaignId: string, rungKey: string): Promise<void>
}
