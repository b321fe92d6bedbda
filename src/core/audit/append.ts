import type { UseCase } from '../use-case.js'
import type { AuditAction, AuditEntry } from './audit.js'

/** Appends what the person who acts has just done, in the same transaction. */
export const audit = (
  { tx, actor, now }: Pick<UseCase, 'tx' | 'actor' | 'now'>,
  action: AuditAction,
  subject: string,
  data: AuditEntry['data'] = {},
): Promise<void> => tx.audit.append(actor.workspaceId, { at: now, byId: actor.person.id, action, subject, data })

/** Appends what the command line has just done, in the same transaction: nobody of the chat did it. */
export const auditCli = (
  { tx, workspaceId, now }: Pick<UseCase, 'tx' | 'now'> & { workspaceId: string },
  action: AuditAction,
  subject: string,
  data: AuditEntry['data'] = {},
): Promise<void> =>
  tx.audit.append(workspaceId, { at: now, byId: null, action, subject, data: { ...data, via: 'cli' } })
