import { audit } from '../audit/append.js'
import type { Campaign } from '../campaign/campaign.js'
import { mustBeOpen } from '../campaign/closed.js'
import type { Review, ReviewKind } from '../campaign/review.js'
import { localDate } from '../date.js'
import { FormError, UserError } from '../errors.js'
import { followReminders } from '../outbox/follow.js'
import { aboutClosing, aboutUnitReports } from '../outbox/topics.js'
import { authorize } from '../people/access.js'
import type { Tx } from '../ports.js'
import { recountAll } from '../progress/tally.js'
import { faultsOf, maxReason } from '../report/text.js'
import type { UseCase } from '../use-case.js'
import type { Closing } from './closing.js'
import { takeSnapshot } from './snapshot.js'

/** A review with its place among the campaign's reviews, as long as it may be closed. */
export interface ClosableReview {
  review: Review
  /** The closing, where the review is closed. */
  closing: Closing | undefined
}

/**
 * The review that a member of the Command Board wants to close. Throws `access.denied`, `unitReport.no_date`,
 * `review.too_early` before its day, `review.later_closed`, `review.earlier_open`.
 */
export async function closableReview(use: UseCase, campaign: Campaign, kind: ReviewKind): Promise<ClosableReview> {
  const { tx, actor, now, timeZone } = use
  authorize(actor, 'review.close')
  const reviews = await tx.reviews.list(campaign.id)
  const review = reviews.find((r) => r.kind === kind)
  if (!review) throw new UserError('unitReport.no_date', { kind })
  if (review.closed) return { review, closing: await tx.closings.byId(review.closed.id) }
  if (localDate(now, timeZone) < review.date) throw new UserError('review.too_early', { kind, date: review.date })
  const later = reviews.find((r) => r.date > review.date && r.closed)
  if (later) throw new UserError('review.later_closed', { kind: later.kind })
  const earlier = reviews.find((r) => r.date < review.date && !r.closed)
  if (earlier) throw new UserError('review.earlier_open', earlier)
  return { review, closing: undefined }
}

/** What a member of the Command Board saw before they closed a review. */
export interface ClosingSeen {
  /** Units that were late. */
  late: number
  /** Reports that waited for the Board. */
  undecided: number
  /** How often the review had been closed before. */
  closings: number
}

/** What a member of the Command Board would see now, before they close a review. */
export async function closingSeen(tx: Tx, campaign: Campaign, kind: ReviewKind): Promise<ClosingSeen> {
  const closings = (await tx.closings.ofCampaign(campaign.id)).filter((c) => c.kind === kind)
  return {
    late: (await tx.unitReports.owing(campaign.id, kind)).length,
    undecided: (await tx.unitReports.counts(campaign.id, kind)).sent,
    closings: closings.length,
  }
}

/**
 * Closes a review (*chốt*): takes a snapshot of what counted, which it shows from now on; what comes later counts for the
 * next review. The Organisation–Administration Office, the Command Board and the School Board are told. Returns undefined and
 * changes nothing where more units are late, or other reports wait, than the person saw, or the review was closed and
 * reopened since. A repeated press by the same person changes nothing. Throws as `closableReview`, and `review.closed` where
 * somebody else closed it.
 */
export async function closeReview(
  use: UseCase,
  campaign: Campaign,
  kind: ReviewKind,
  seen: ClosingSeen,
): Promise<Closing | undefined> {
  const { tx, actor, now } = use
  const { review, closing: before } = await closableReview(use, campaign, kind)
  if (before?.closedBy === actor.person.id) return before
  await mustBeOpen(tx, actor.workspaceId, campaign.id, kind)
  const current = await closingSeen(tx, campaign, kind)
  const isAsSeen = current.undecided === seen.undecided && current.closings === seen.closings
  if (!isAsSeen || current.late > seen.late) return undefined
  const id = use.newId()
  const { groups, totals, units, submissions } = await takeSnapshot(tx, campaign, kind, id)
  const closing: Closing = {
    id,
    workspaceId: actor.workspaceId,
    campaignId: campaign.id,
    kind,
    reviewDate: review.date,
    closedBy: actor.person.id,
    closedAt: now,
    groups,
    totals,
    reopened: null,
  }
  await tx.closings.add(closing, units, submissions)
  const counts = { units: totals.units, complete: totals.complete, submissions: submissions.length }
  await audit(use, 'review.closed', `campaign:${campaign.id}`, { kind, date: review.date, closingId: id, ...counts })
  await tellOfClosing(use, closing)
  return closing
}

/**
 * Reopens the review that was closed last, with a reason. Throws `access.denied`, `review.not_closed`, `review.later_closed`,
 * FormError at `reason`.
 */
export async function reopenReview(use: UseCase, campaign: Campaign, kind: ReviewKind, typed: string): Promise<Review> {
  const { tx, actor, now } = use
  const review = await reopenable(use, campaign, kind)
  const reason = typed.trim()
  const faults =
    reason === ''
      ? [{ field: 'reason', key: 'review.reason_empty', params: {} } as const]
      : faultsOf('reason', reason, maxReason)
  if (faults.length > 0) throw new FormError(faults)
  const closingId = review.closed?.id ?? ''
  if (!(await tx.closings.reopen(closingId, actor.person.id, reason, now)))
    throw new UserError('review.not_closed', { kind })
  await recountAll(tx, campaign)
  await audit(use, 'review.reopened', `campaign:${campaign.id}`, { kind, date: review.date, closingId })
  const closing = await tx.closings.byId(closingId)
  if (closing) await tellOfClosing(use, closing)
  return { kind, date: review.date }
}

/** The review that the Office may reopen. Throws `access.denied`, `review.not_closed`, `review.later_closed`. */
export async function reopenable(use: UseCase, campaign: Campaign, kind: ReviewKind): Promise<Review> {
  authorize(use.actor, 'review.reopen')
  const reviews = await use.tx.reviews.list(campaign.id)
  const review = reviews.find((r) => r.kind === kind)
  if (!review?.closed) throw new UserError('review.not_closed', { kind })
  const later = reviews.find((r) => r.date > review.date && r.closed)
  if (later) throw new UserError('review.later_closed', { kind: later.kind })
  return review
}

/** Those who are told of the result of a review; they are told again when it is reopened. */
const told = ['command_board', 'org_office', 'school_board'] as const

async function tellOfClosing({ tx, now }: UseCase, closing: Closing): Promise<void> {
  const { workspaceId, id, campaignId, kind } = closing
  for (const { unitId } of await tx.closings.units(id)) {
    // Messages lose, or get back, the buttons that a closed review has no use for.
    await tx.outbox.touch(aboutUnitReports(unitId), now)
    await followReminders(tx, campaignId, { workspaceId, unitId }, now)
  }
  await tx.outbox.touch(aboutClosing(id), now)
  const people = new Set<string>()
  for (const role of told) for (const person of await tx.people.withRole(workspaceId, role)) people.add(person.id)
  for (const personId of people) {
    const key = `${aboutClosing(id)}${personId}`
    const payload = { campaignId, kind, closingId: id }
    const message = { workspaceId, key, kind: 'review.closed' as const, personId, payload, dueAt: now }
    await tx.outbox.add(message, now)
  }
}
