import { addDays, instantAt } from '../../core/date.js'
import { plainText } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { block } from '../blocks.js'
import type { Notice } from '../notices/notice.js'
import { payloadOf } from '../notices/payloads.js'
import type { Card } from '../ui.js'

const { outbox: t } = vi
/** Messages that are listed; the command line lists them all. */
const LISTED = 15

/** What was given up on one day: to whom, about what, and why; once all of it was sent after all, that. */
export async function undeliveredCard({ tx, message, timeZone }: Notice): Promise<Card | null> {
  const { on } = payloadOf('undelivered', message)
  const [from, to] = [instantAt(on, '00:00', timeZone), instantAt(addDays(on, 1), '00:00', timeZone)]
  const failed = await tx.outboxView.failedWithin(message.workspaceId, from, to)
  if (failed.length === 0 && message.ts === null) return null
  const title = failed.length === 0 ? t.sentAfterAll(on) : t.undelivered(failed.length, on)
  if (failed.length === 0) return { summary: plainText(title), blocks: [block.text(title)] }
  const lines = failed.slice(0, LISTED).map((m) => t.undeliveredLine(m.to, t.kind[m.kind], t.why(m.error)))
  if (failed.length > LISTED) lines.push(t.more(failed.length - LISTED))
  return {
    summary: plainText(title),
    blocks: [
      block.text(title),
      block.text(lines.flatMap((line, i) => (i > 0 ? ['\n', ...line] : [...line]))),
      block.note(t.undeliveredHint),
    ],
  }
}
