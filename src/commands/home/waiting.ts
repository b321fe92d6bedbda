import { localDate } from '../../core/date.js'
import { unitsLedBy } from '../../core/people/access.js'
import { clip, showDate } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import { criterionLabel, decideButtons, openButton } from '../submission/card.js'
import { confirmAllButtons } from '../submission/confirm-all.js'
import { waitingButton } from '../submission/waiting.js'
import type { Block } from '../ui.js'
import type { HomePart } from './part.js'

const { home: t } = vi

/** Characters of a submission's text. */
const EXCERPT = 140

/** What waits for a head or a deputy, the oldest first. */
export const waitingPart: HomePart = ({ actor, timeZone, data: { campaign, waiting } }) => {
  if (!waiting) return []
  const { total, first, units } = waiting
  if (total === 0) return [block.note(t.nothingWaits)]
  const leadsSeveral = unitsLedBy(actor).length > 1
  return [
    total > first.length ? block.item(t.waiting(total), [waitingButton()]) : block.text(t.waiting(total)),
    ...confirmAllButtons(units),
    ...first.map((s): Block => {
      const { criterion, text, submittedAt } = s.submission
      const words = clip(text.replace(/\s+/g, ' '), EXCERPT)
      const day = showDate(localDate(submittedAt, timeZone))
      const when = leadsSeveral ? `${day} · ${s.unitName}` : day
      return block.item(t.waitingItem(s.authorName, criterionLabel(campaign, criterion), words, when), [
        ...decideButtons(s),
        openButton(s),
      ])
    }),
    ...when(total > first.length, () => block.note(t.waitingMore(total - first.length))),
  ]
}
