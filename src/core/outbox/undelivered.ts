import { localDate } from '../date.js'
import type { UseCase } from '../use-case.js'
import { type ConfiguredAdmins, peopleInCharge } from './in-charge.js'
import type { Message, NewMessage } from './outbox.js'
import { aboutUndelivered } from './topics.js'

/**
 * Call when a message failed for good: tells the Organisation–Administration Office and the admins, in one message a
 * day each, which is updated with further failures of the day. Does nothing for failures of these messages themselves,
 * or of updates of messages that arrived.
 */
export async function notifyUndelivered(
  use: Pick<UseCase, 'tx' | 'now' | 'timeZone'>,
  message: Pick<Message, 'workspaceId' | 'ts'> & Pick<NewMessage, 'kind'>,
  admins: ConfiguredAdmins,
): Promise<void> {
  const { tx, now } = use
  const { workspaceId } = message
  if (message.kind === 'undelivered' || message.ts !== null) return
  const on = localDate(now, use.timeZone)
  const about = `${aboutUndelivered(workspaceId)}${on}:`
  await tx.outbox.touch(about, now)
  for (const personId of await peopleInCharge(tx, workspaceId, admins)) {
    const key = `${about}${personId}`
    await tx.outbox.add({ workspaceId, key, kind: 'undelivered', personId, payload: { on }, dueAt: now }, now)
  }
}
