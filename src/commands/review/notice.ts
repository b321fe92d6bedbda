import { closedReviewById } from '../../core/queries/review/closing-preview.js'
import type { Notice } from '../notices/notice.js'
import { payloadOf } from '../notices/payloads.js'
import type { Card } from '../ui.js'
import { closedCard } from './closing-card.js'

/** Tells of a closed review; the message follows when it is reopened. */
export async function closedNotice(notice: Notice): Promise<Card | null> {
  const found = await closedReviewById(notice, payloadOf('review.closed', notice.message).closingId)
  return found ? closedCard(found, notice.timeZone) : null
}
