import { UserError } from '../errors.js'
import type { Tx } from '../ports.js'
import { closingOf, type ReviewKind } from './review.js'

/** Throws `review.closed` where a review is closed: nothing about it changes any more. */
export async function mustBeOpen(tx: Tx, workspaceId: string, campaignId: string, kind: ReviewKind): Promise<void> {
  const closed = closingOf(await tx.reviews.list(campaignId), kind)
  if (!closed) return
  const by = (await tx.people.everById(workspaceId, closed.byId))?.fullName ?? ''
  throw new UserError('review.closed', { kind, by, at: closed.at })
}
