import type { UseCase } from '../use-case.js'
import type { AuditAction, AuditEntry } from './audit.js'

/** Appends an action of the acting person to the log, in the same transaction. */
export const audit = (
  { tx, actor, now }: Pick<UseCase, 'tx' | 'actor' | 'now'>,
  action: AuditAction,
  subject: string,
  data: AuditEntry['data'] = {},
): Promise<void> => tx.audit.append(actor.workspaceId, { at: now, byId: actor.person.id, action, subject, data })

/** Appends an action of the command line to the log, in the same transaction; it has no actor. */
export const auditCli = (
  { tx, workspaceId, now }: Pick<UseCase, 'tx' | 'now'> & { workspaceId: string },
  action: AuditAction,
  subject: string,
  data: AuditEntry['data'] = {},
): Promise<void> =>
  tx.audit.append(workspaceId, { at: now, byId: null, action, subject, data: { ...data, via: 'cli' } })
