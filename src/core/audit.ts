import type { UseCase } from './use-case.js'

/** Every change that matters, by the noun that changes. */
export const auditActions = [
  'submission.submitted',
  'submission.revised',
  'submission.confirmed',
  'submission.accepted',
  'submission.returned',
  'submission.withdrawn',
  'nil.said',
  'nil.taken_back',
  'review.date_set',
  'unitReport.sent',
  'unitReport.approved',
  'unitReport.rejected',
  'setting.changed',
] as const
export type AuditAction = (typeof auditActions)[number]

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

/** Rows are only ever added, each chained to the one before by its hash. */
export interface Audit {
  append(workspaceId: string, entry: AuditEntry): Promise<void>
  /** Rows after `seq`, in order, at most `limit`. */
  after(workspaceId: string, seq: number, limit: number): Promise<AuditRow[]>
}

/** Appends what the person who acts has just done, in the same transaction. */
export const audit = (
  { tx, actor, now }: Pick<UseCase, 'tx' | 'actor' | 'now'>,
  action: AuditAction,
  subject: string,
  data: AuditEntry['data'] = {},
): Promise<void> => tx.audit.append(actor.workspaceId, { at: now, byId: actor.person.id, action, subject, data })
