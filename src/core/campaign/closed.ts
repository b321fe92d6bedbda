import { UserError } from '../errors.js'
import type { Tx } from '../ports.js'
import type { Campaign } from './campaign.js'
import { closingOf, type ReviewKind } from './review.js'

/** Throws `review.closed` where a review is closed: nothing about it changes any more. */
export async function mustBeOpen(tx: Tx, workspaceId: string, campaignId: string, kind: ReviewKind): Promise<void> {
  const closed = closingOf(await tx.reviews.list(campaignId), kind)
  if (!closed) return
  const by = (await tx.people.everById(workspaceId, closed.byId))?.fullName ?? ''
  throw new UserError('review.closed', { kind, by, at: closed.at })
}

/** A campaign with the criteria that a review was closed with; as it is now while the review is open. */
export async function campaignFor(tx: Tx, campaign: Campaign, kind: ReviewKind): Promise<Campaign> {
  const closed = closingOf(await tx.reviews.list(campaign.id), kind)
  const closing = closed && (await tx.closings.byId(closed.id))
  return closing ? { ...campaign, groups: closing.groups } : campaign
}
