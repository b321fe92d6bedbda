import type { Campaign } from '../../campaign/campaign.js'
import type { Review, ReviewKind } from '../../campaign/review.js'
import { type CampaignName, namesIn } from '../../campaign/running.js'
import { localDate } from '../../date.js'
import { noTotals, type SummaryTotals, type Tally } from '../../progress/progress.js'
import { owingFor } from '../../reminder/inputs.js'
import { countOwing, type OwingCounts, type ReportCounts } from '../../report/rows.js'
import { type ClosingSeen, closableReview, closingSeen } from '../../review/close.js'
import type { Closing } from '../../review/closing.js'
import type { UseCase } from '../../use-case.js'
import { personName } from '../people/person-name.js'

type Use = Pick<UseCase, 'tx' | 'now' | 'timeZone'>

/** What the Command Board sees before it closes a review: what will be frozen, who is late, what still waits. */
export interface ClosingPreview {
  /** The campaign where several run, so that it must be named. */
  named: CampaignName | undefined
  /** For `closeReview`, that nothing else is closed than was seen. */
  seen: ClosingSeen
  review: Review
  totals: SummaryTotals
  reports: ReportCounts
  /** Submissions by state, over all units. */
  tally: Tally
  /** What the late units owe. */
  owing: OwingCounts
  /** Units that lack a criterion or whose report was not sent, in the roster's order. */
  late: readonly string[]
  /** Units whose report waits for the Board's decision, in the roster's order. */
  undecided: readonly string[]
}

/** A review that was closed. */
export interface ClosedReview {
  /** The campaign where several run, so that it must be named. */
  named: CampaignName | undefined
  closing: Closing
  /** Numbers of units, and of those whose report was approved or sent. */
  reports: ReportCounts
  /** Submissions that counted. */
  submissions: number
  closedByName: string
  reopenedByName: string
}

/**
 * Previews the closing of a review for a member of the Command Board; the record where it is closed already. Throws as
 * `closableReview`.
 */
export async function closingPreview(
  use: UseCase,
  campaign: Campaign,
  kind: ReviewKind,
): Promise<ClosingPreview | ClosedReview> {
  const { tx } = use
  const { review, closing } = await closableReview(use, campaign, kind)
  if (closing) return closedReview(use, closing)
  const names = new Map((await tx.units.list(campaign.workspaceId)).map((u) => [u.id, u.name]))
  const owing = await owingFor(tx, campaign, kind)
  const counts = await tx.unitReports.counts(campaign.id, kind)
  // Reports that wait for the Board come first in the list.
  const undecided = await tx.unitReports.page(campaign.id, kind, counts.sent, 0)
  return {
    named: (await namesIn(tx, campaign.workspaceId, localDate(use.now, use.timeZone), [campaign.id]))(campaign.id),
    seen: await closingSeen(tx, campaign, kind),
    review,
    totals: (await tx.progress.totals(campaign.id, kind)) ?? noTotals,
    reports: counts,
    tally: await tx.progress.tallyOfAll(campaign.id),
    owing: countOwing(owing),
    late: owing.map((o) => names.get(o.unitId) ?? ''),
    undecided: undecided.filter((l) => l.state === 'sent').map((l) => l.unit.name),
  }
}

/** The record of a closing, for messages about it. Checks no permission. */
export async function closedReview({ tx, now, timeZone }: Use, closing: Closing): Promise<ClosedReview> {
  const { workspaceId, campaignId } = closing
  const reports: ReportCounts = { draft: 0, sent: 0, approved: 0, rejected: 0 }
  for (const { report } of await tx.closings.units(closing.id)) reports[report.state] += 1
  const submissions = await tx.closings.submissions(closing.id)
  return {
    named: (await namesIn(tx, workspaceId, localDate(now, timeZone), [campaignId]))(campaignId),
    closing,
    reports,
    submissions: submissions.filter((s) => s.state !== 'returned').length,
    closedByName: await personName(tx, closing.workspaceId, closing.closedBy),
    reopenedByName: closing.reopened ? await personName(tx, closing.workspaceId, closing.reopened.byId) : '',
  }
}

/** The same by the id of the closing; undefined for an unknown one. */
export async function closedReviewById(use: Use, closingId: string): Promise<ClosedReview | undefined> {
  const closing = await use.tx.closings.byId(closingId)
  return closing && closedReview(use, closing)
}
