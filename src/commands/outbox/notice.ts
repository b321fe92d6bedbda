import { undeliveredOn } from '../../core/queries/outbox/undelivered.js'
import type { Notice } from '../notices/notice.js'
import { payloadOf } from '../notices/payloads.js'
import type { Card } from '../ui.js'
import { undeliveredCard } from './undelivered-card.js'

/** Lists the messages of a day that were given up; null where all were sent before this one was. */
export async function undeliveredNotice({ tx, message, timeZone, reasonOf }: Notice): Promise<Card | null> {
  const { on } = payloadOf('undelivered', message)
  const failed = await undeliveredOn(tx, message.workspaceId, on, timeZone)
  return failed.length === 0 && message.ts === null ? null : undeliveredCard(on, failed, reasonOf)
}
