import type { SnoozeState } from '../../core/queries/reminder/message.js'
import {
  isOwed,
  isTheirs,
  type MissingCell,
  type OwedReview,
  type ReminderPart,
} from '../../core/queries/reminder/parts.js'
import type { ReminderPayload } from '../../core/reminder/payload.js'
import { pieces } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import { taggedBlocks } from '../campaign-tag.js'
import type { ChatLimits } from '../chat.js'
import { waitingButton } from '../submission/waiting.js'
import type { Block, Card } from '../ui.js'
import { reminderActions } from './card-actions.js'
import { hasWaitingOnly, type Layout } from './layout.js'
import { unitBlocks, unitLine } from './unit-blocks.js'

const { reminder: t } = vi

/** The data that a reminder's message shows. */
export interface ReminderData {
  /** The part of its key that buttons carry (`suffixOf`). */
  suffix: string
  /** The sender of a manual reminder; empty for a scheduled one. */
  by: Pick<ReminderPayload, 'by' | 'byRole'>
  /** Name of the head who handed the work over. */
  giverName: string | undefined
  /** Everything that the reminder names. */
  parts: readonly ReminderPart[]
  /** The reviews for which something is still owed. */
  reviews: readonly OwedReview[]
  layout: Layout
  /** The missing criteria of each part that is shown in full. */
  cells: ReadonlyMap<ReminderPart, readonly MissingCell[]>
  snooze: SnoozeState
}

/** Reminds a person of what units owe, with what they can do about each. */
export function reminderCard(data: ReminderData, chat: { timeZone: string; limits: ChatLimits }): Card {
  const { by, giverName, parts, reviews, layout, suffix } = data
  const owed = reviews.flatMap((r) => r.parts)
  const folded = owed.filter((p) => !layout.full.has(p) && !layout.short.has(p) && !hasWaitingOnly(p))
  const done = parts.filter((p) => isTheirs(p) && !isOwed(p) && !p.isClosed).map(nameOf)
  return {
    summary: t.summary(reviews),
    blocks: [
      ...when(by.by, (name) => block.note(t.by(name, by.byRole))),
      ...when(giverName, (name) => block.text(t.givenBy(name))),
      ...reviews.flatMap((review) => reviewBlocks(review, data)),
      ...when(folded.length > 0, () => foldedItem(folded, suffix)),
      ...when(done.length > 0, () => block.note(t.doneUnits(done))),
      ...reminderActions(suffix, owed, data.snooze, chat),
    ],
  }
}

function reviewBlocks(review: OwedReview, { layout, cells }: ReminderData): Block[] {
  const units = review.parts.flatMap((part) => {
    if (layout.full.has(part)) return unitBlocks(part, cells.get(part) ?? [])
    return layout.short.has(part) ? [unitLine(part)] : []
  })
  const waits = waitingItems(review)
  if (units.length + waits.length === 0) return []
  return [block.text(titleOf(review)), ...taggedBlocks(review.campaign.id, [...waits, ...units])]
}

/** What waits for the reader to confirm, in one line with a button: of the one unit it is of, or of all of them. */
function waitingItems({ parts, waiting }: OwedReview): Block[] {
  const [only, second] = parts.filter((p) => p.waiting > 0)
  if (!only) return []
  if (second || parts.length === 1)
    return [block.item(t.waiting(waiting), [waitingButton(second ? undefined : only.unit.id)])]
  return [block.item(t.waitingOf(only.unit.name, waiting), [waitingButton(only.unit.id)])]
}

const titleOf = ({ kind, reviewDate, days, named }: OwedReview) => t.title(kind, reviewDate, days, named)

const foldedItem = (folded: readonly ReminderPart[], suffix: string) =>
  block.item(
    t.folded(
      folded.length,
      folded.reduce((n, p) => n + p.missing.length, 0),
    ),
    [{ label: t.all, action: 'reminder.units', value: { k: suffix, page: 0 } }],
  )

/** Replaces a reminder that a later one repeats. `on`: the day of the later one, yyyy-mm-dd. */
export const repeatedCard = (reviews: readonly OwedReview[], on: string): Card => ({
  summary: t.summary(reviews),
  blocks: reviews.map((one) => block.text([...pieces(titleOf(one)), t.again([one], on)])),
})

/** A unit's name, with the campaign where several run. */
const nameOf = ({ unit, named }: ReminderPart): string => unit.name + vi.campaign.after(named)

/** Units that are thanked by name. */
const THANKED = 12

/**
 * Replaces a reminder when nothing in it is owed any more: thanks for completed units, and names units that are no
 * longer the reader's.
 */
export function endedCard(parts: readonly ReminderPart[], giverName: string | undefined): Card {
  const theirs = parts.filter((p) => isTheirs(p) && !p.isClosed)
  const closed = new Set(parts.filter((p) => isTheirs(p) && p.isClosed).map((p) => p.kind))
  const others = parts.filter((p) => !isTheirs(p)).map(nameOf)
  const done = theirs.slice(0, THANKED).map((p) => (p.report === 'sent' ? t.done : t.doneButReport)(nameOf(p), p.of))
  return {
    summary: theirs.length > 0 ? t.doneSummary : closed.size > 0 ? t.closedSummary : t.notTheirsSummary,
    blocks: [
      ...done.map((text) => block.text(text)),
      ...when(theirs.length > THANKED, () => block.text(t.doneMore(theirs.length - THANKED))),
      ...[...closed].map((kind) => block.text(t.closed(kind))),
      ...when(others.length > 0, () => block.text(t.notTheirs(others, giverName))),
    ],
  }
}
