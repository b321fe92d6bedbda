/** Every change that matters, by the noun that changes. */
export const auditActions = [
  'submission.submitted',
  'submission.revised',
  'submission.confirmed',
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
  'unitReport.sent',
  'unitReport.approved',
  'unitReport.rejected',
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
/** Changes of a submission's state: each has a `SubmissionEvent`, written with it, by which it is found. */
export const stateActions: readonly AuditAction[] = [
  'submission.submitted',
  'submission.revised',
  'submission.confirmed',
  'submission.accepted',
  'submission.returned',
  'submission.withdrawn',
]
/**
 * One row of the log. It names people by their ids and holds no words of theirs, so that erasing what is held of a person
 * leaves the chain whole.
 */
export interface AuditEntry {
  at: Date
  /** Who did it; null for the bot itself or the command line. */
  byId: string | null
  action: AuditAction
  /** What it was done to: `submission:<id>`, `unit:<id>`, `campaign:<id>`, `person:<id>`, `workspace`. */
  subject: string
  data: Readonly<Record<string, unknown>>
}
export interface AuditRow extends AuditEntry {
  /** From 1, without a gap. */
  seq: number
  /** SHA-256, hex, over the row before and this one. */
  hash: string
}
/** A row as the chain sees it; what stands in it may be anything once somebody has been at it. */
export interface AuditLink {
  seq: number
  at: string
  action: string
  hash: string
  /** Its hash is that of what stands in it and of the hash before. */
  isSound: boolean
}
/**
 * Whose changes a list shows. `own` and `units`: about what a person handed in, and about units and what was handed in for
 * them, without changes of state, which are `Submissions.latestEvents`. See `core/audit-view.ts`.
 */
export type AuditFilter =
  | { scope: 'own'; personId: string }
  | { scope: 'units'; unitIds: readonly string[] }
  | { scope: 'all' }
  | { scope: 'workspace' }
/** Rows are only ever added, each chained to the one before by its hash. */
export interface Audit {
  append(workspaceId: string, entry: AuditEntry): Promise<void>
  /** Rows after `seq`, in order, at most `limit`. */
  after(workspaceId: string, seq: number, limit: number): Promise<AuditRow[]>
  /** The chain after one link (null for its beginning), in order, at most `limit`. */
  links(workspaceId: string, after: { seq: number; hash: string } | null, limit: number): Promise<AuditLink[]>
  /** What the log ends with, as kept beside it. */
  head(workspaceId: string): Promise<{ seq: number; hash: string } | undefined>
  /** Rows of one subject, in order, without changes of state. */
  ofSubject(workspaceId: string, subject: string): Promise<AuditRow[]>
  /** The newest rows first, at most `limit` after the first `offset`. */
  latest(workspaceId: string, filter: AuditFilter, limit: number, offset: number): Promise<AuditRow[]>
  /** How many rows say that a person did something. */
  countBy(workspaceId: string, personId: string): Promise<number>
}
