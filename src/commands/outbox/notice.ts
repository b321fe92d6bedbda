import { submissionNumber } from '../../core/campaign/campaign.js'
import { undeliveredOn } from '../../core/queries/outbox/undelivered.js'
import { workState } from '../../core/queries/outbox/work-state.js'
import { plainText } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import type { Notice } from '../notices/notice.js'
import { payloadOf } from '../notices/payloads.js'
import type { Card } from '../ui.js'
import { undeliveredCard } from './undelivered-card.js'

const { outbox: t } = vi

/** Lists the messages of a day that were given up; null where all were sent before this one was. */
export async function undeliveredNotice({ tx, message, timeZone, reasonOf }: Notice): Promise<Card | null> {
  const { on } = payloadOf('undelivered', message)
  const failed = await undeliveredOn(tx, message.workspaceId, on, timeZone)
  return failed.length === 0 && message.ts === null ? null : undeliveredCard(on, failed, reasonOf)
}

/** Tells a person that files they asked for could not be sent, and offers them again; null where they were sent after all. */
export async function unsentNotice({ tx, message, campaign, submission }: Notice): Promise<Card | null> {
  const isSent = (await workState(tx, payloadOf('files.unsent', message).of)) !== 'failed'
  if (isSent && message.ts === null) return null
  const what = submission ? submissionNumber(campaign, submission.number) : null
  const text = isSent ? t.filesSentAfterAll(what) : t.filesUnsent(what)
  const again = submission
    ? { label: t.filesAgain, action: 'attachment.show', value: { id: submission.id } }
    : { label: t.filesAgain, action: 'calendar.file', value: {} }
  return {
    summary: plainText(text),
    blocks: [block.text(text), ...when(!isSent, () => block.buttons([{ ...again, style: 'primary' }]))],
  }
}
