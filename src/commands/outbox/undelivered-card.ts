import type { OutboxEntry } from '../../core/outbox/outbox-view.js'
import { type ReasonOf, readFailure } from '../../core/outbox/send-failure.js'
import { plainText } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { block } from '../blocks.js'
import { type Card, textCard } from '../ui.js'

const { outbox: t } = vi

/** Messages that are listed; the command line lists all of them. */
const LISTED = 15

/** Lists messages given up on one day (yyyy-mm-dd) with recipient, subject and reason; none: all were sent after all. */
export function undeliveredCard(on: string, failed: readonly OutboxEntry[], reasonOf: ReasonOf): Card {
  if (failed.length === 0) return textCard(t.sentAfterAll(on))
  const title = t.undelivered(failed.length, on)
  const lines = failed
    .slice(0, LISTED)
    .map((m) =>
      t.undeliveredLine(m.to, t.kind[m.kind], t.why(m.error === null ? null : readFailure(m.error, reasonOf))),
    )
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
