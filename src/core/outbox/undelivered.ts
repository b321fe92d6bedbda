import { localDate } from '../date.js'
import type { Tx } from '../ports.js'
import type { UseCase } from '../use-case.js'
import type { Message } from './outbox.js'
import { aboutUndelivered } from './topics.js'

/**
 * Call when a message failed for good: tells the Organisation–Administration Office and the admins, in one message a
 * day each, which is updated with further failures of the day. Does nothing for failures of these messages themselves,
 * or of updates of messages that arrived.
 */
export async function notifyUndelivered(
  use: Pick<UseCase, 'tx' | 'now' | 'timeZone'>,
  message: Pick<Message, 'workspaceId' | 'kind' | 'ts'>,
  admins: { platform: string; accounts: ReadonlySet<string> },
): Promise<void> {
  const { tx, now } = use
  const { workspaceId } = message
  if (message.kind === 'undelivered' || message.ts !== null) return
  const on = localDate(now, use.timeZone)
  const about = `${aboutUndelivered(workspaceId)}${on}:`
  await tx.outbox.touch(about, now)
  for (const personId of await inCharge(tx, workspaceId, admins)) {
    const key = `${about}${personId}`
    await tx.outbox.add({ workspaceId, key, kind: 'undelivered', personId, payload: { on }, dueAt: now }, now)
  }
}

async function inCharge(
  tx: Tx,
  workspaceId: string,
  admins: { platform: string; accounts: ReadonlySet<string> },
): Promise<Set<string>> {
  const people = [
    ...(await tx.people.withRole(workspaceId, 'org_office')),
    ...(await tx.people.withRole(workspaceId, 'admin')),
  ]
  const ids = new Set(people.map((p) => p.id))
  for (const externalId of admins.accounts) {
    const account = await tx.accounts.byExternalId(workspaceId, admins.platform, externalId)
    if (account?.personId) ids.add(account.personId)
  }
  return ids
}
