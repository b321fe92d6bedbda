import { type Campaign, criteriaOf } from '../../campaign/campaign.js'
import { closingOf, type ReviewKind } from '../../campaign/review.js'
import type { Unit } from '../../people/unit.js'
import { noTotals, type SummaryTotals } from '../../progress/progress.js'
import type { CriterionTotals, StandingRow, Versioned } from '../../progress/progress-rows.js'
import { closedTotals } from '../../review/snapshot.js'
import type { UseCase } from '../../use-case.js'
import { deadlineOf, type ReviewDeadline } from '../campaign/review-deadline.js'

/** The totals of one review over all units; its `version` changes with any unit's line. */
export interface SummaryHead {
  deadline: ReviewDeadline
  totals: SummaryTotals & Versioned
  /** IANA name, for showing instants. */
  timeZone: string
}

/** Reads the deadline and the totals of one review. Checks no permission. */
export async function summaryHead(use: UseCase, campaign: Campaign, kind: ReviewKind): Promise<SummaryHead> {
  const deadline = await deadlineOf(use, campaign, kind)
  const totals = (await use.tx.progress.totals(campaign.id, kind)) ?? { ...noTotals, version: 0 }
  return { deadline, totals, timeZone: use.timeZone }
}

/** One page of units with what each lacks: the fewest criteria first, then in the roster's order. */
export const summaryUnits = (
  { tx }: UseCase,
  campaign: Campaign,
  kind: ReviewKind,
  page: number,
  size: number,
): Promise<StandingRow[]> => tx.progress.page(campaign.id, kind, size, page * size)

/** How many units are in which state, criterion by criterion: the most missing first, then in the plan's order. */
export async function summaryCriteria(
  { tx }: UseCase,
  campaign: Campaign,
  kind: ReviewKind,
): Promise<CriterionTotals[]> {
  const codes = criteriaOf(campaign).map((c) => c.code)
  const closed = closingOf(await tx.reviews.list(campaign.id), kind)
  const lines = closed
    ? closedTotals(codes, await tx.closings.units(closed.id))
    : await tx.progress.missingByCriterion(campaign.id, kind, codes)
  return [...lines].sort((a, b) => b.missing + b.returned - (a.missing + a.returned))
}

/** Units that lack one criterion. */
export const unitsLacking = (
  { tx }: UseCase,
  campaign: Campaign,
  kind: ReviewKind,
  criterion: string,
): Promise<Unit[]> => tx.progress.unitsMissing(campaign.id, kind, criterion)
