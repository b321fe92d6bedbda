/** Every logged action, by the noun it changes. Stored: names never change. */
export const auditActions = [
  'submission.submitted',
  'submission.revised',
  'submission.confirmed',
  'submission.unconfirmed',
  'submission.accepted',
  'submission.returned',
  'submission.withdrawn',
  'attachment.added',
  'attachment.removed',
  'attachment.stored',
  'attachment.failed',
  'nil.said',
  'nil.taken_back',
  'review.date_set',
  'review.closed',
  'review.reopened',
  'unitReport.sent',
  'unitReport.approved',
  'unitReport.rejected',
  'unitReport.taken_back',
  'reminder.nudged',
  'setting.changed',
  'holiday.changed',
  'plan.imported',
  'plan.changed',
  'unit.added',
  'unit.changed',
  'person.roles_changed',
  'person.retired',
  'account.bound',
  'account.released',
  'account.moved',
  'paper.recorded',
  'paper.taken_back',
  'erasure.asked',
  'erasure.taken_back',
  'erasure.agreed',
  'erasure.refused',
  'absence.told',
  'absence.changed',
  'absence.cancelled',
  'wish.set',
  'outbox.retried',
  'reminder.snoozed',
  'reminder.snooze_taken_back',
  'handover.given',
  'handover.taken_back',
] as const

export type AuditAction = (typeof auditActions)[number]

/** Changes of a submission's state; each has a `SubmissionEvent` written with it. */
export const stateActions: readonly AuditAction[] = [
  'submission.submitted',
  'submission.revised',
  'submission.confirmed',
  'submission.unconfirmed',
  'submission.accepted',
  'submission.returned',
  'submission.withdrawn',
]

/**
 * One row of the log. It refers to people by id and holds none of their words, so that erasing a person's data leaves
 * the chain intact.
 */
export interface AuditEntry {
  at: Date
  /** The person who acted; null for the bot itself or the command line. */
  byId: string | null
  action: AuditAction
  /** What it was done to: `submission:<id>`, `unit:<id>`, `campaign:<id>`, `person:<id>`, `workspace`. */
  subject: string
  data: Readonly<Record<string, unknown>>
}

export interface AuditRow extends AuditEntry {
  /** From 1, without a gap. */
  seq: number
  /** SHA-256 in hex over the previous row's hash and this row. */
  hash: string
}

/** A row as the chain check reads it; a tampered row may hold anything. */
export interface AuditLink {
  seq: number
  at: string
  action: string
  hash: string
  /** Whether its hash matches its content and the hash of the previous row. */
  isSound: boolean
}

/**
 * Whose changes a list shows. `own` and `units`: about a person's submissions, or about units and their submissions,
 * without changes of state, which are `Submissions.latestEvents`. Combined in `core/queries/history.ts`.
 */
export type AuditFilter =
  | { scope: 'own'; personId: string }
  | { scope: 'units'; unitIds: readonly string[] }
  | { scope: 'all' }
  | { scope: 'workspace' }

/** Append-only rows, each chained to the previous one by its hash. */
export interface Audit {
  append(workspaceId: string, entry: AuditEntry): Promise<void>
  /** Rows after `seq`, in order, at most `limit`. */
  after(workspaceId: string, seq: number, limit: number): Promise<AuditRow[]>
  /** The chain after one link (null for its beginning), in order, at most `limit`. */
  links(workspaceId: string, after: { seq: number; hash: string } | null, limit: number): Promise<AuditLink[]>
  /** The end of the log as stored beside it. */
  head(workspaceId: string): Promise<{ seq: number; hash: string } | undefined>
  /** Rows of one subject, in order, without changes of state. */
  ofSubject(workspaceId: string, subject: string): Promise<AuditRow[]>
  /** Newest first, at most `limit` after the first `offset`. */
  latest(workspaceId: string, filter: AuditFilter, limit: number, offset: number): Promise<AuditRow[]>
  /** How many rows name a person as the actor. */
  countBy(workspaceId: string, personId: string): Promise<number>
}
