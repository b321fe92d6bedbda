import { localDate } from '../../core/date.js'
import type { ReviewDeadline } from '../../core/queries/campaign/review-deadline.js'
import { vi } from '../../text/vi.js'
import { block } from '../blocks.js'
import type { Block } from '../ui.js'

const { closing: t, status } = vi

/**
 * The state of a review in a line: the days left, that it is over and not closed, or when it was closed; with the next review
 * beside one that is over. Undefined while it has no date.
 */
export function reviewLine(
  { kind, date, daysLeft, closedAt, next }: ReviewDeadline,
  timeZone: string,
): string | undefined {
  if (date === undefined) return undefined
  const own = closedAt ? t.closedOn(kind, date, localDate(closedAt, timeZone)) : status.daysLeft(kind, date, daysLeft)
  const open = !closedAt && daysLeft < 0 ? [t.stillOpen] : []
  const after = next && (closedAt || daysLeft < 0) ? [t.next(next.kind, next.date)] : []
  return [own, ...open, ...after].join(' · ')
}

/** A note for each open review that stopped leading since it was not closed in time. */
export const lapsedNotes = ({ lapsed }: ReviewDeadline): Block[] =>
  lapsed.map((r) => block.note(t.lapsed(r.kind, r.date)))
