import { type Campaign, criteriaOf } from '../../campaign/campaign.js'
import type { ReviewKind } from '../../campaign/review.js'
import { type CampaignName, namesIn } from '../../campaign/running.js'
import { localDate } from '../../date.js'
import { noTotals, type SummaryTotals } from '../../progress/progress.js'
import type { StandingRow } from '../../progress/progress-rows.js'
import { owingCounts, owingFor } from '../../reminder/inputs.js'
import { computeNudge, type NudgePlan } from '../../reminder/nudge.js'
import type { NoRecipient } from '../../reminder/recipients.js'
import { countOwing, type Owing, type OwingCounts, type ReportCounts } from '../../report/rows.js'
import type { UseCase } from '../../use-case.js'
import { deadlineOf, workingDaysUntil } from '../campaign/review-deadline.js'

type Use = Pick<UseCase, 'tx' | 'now' | 'timeZone'>

/** A review as a message named it when it was planned. */
export interface NamedReview {
  campaignId: string
  kind: ReviewKind
  /** yyyy-mm-dd. */
  reviewDate: string
}

/** The units that are late for one review. */
export interface OverdueReview {
  campaign: Campaign
  /** The campaign where several run, so that it must be named. */
  named: CampaignName | undefined
  kind: ReviewKind
  reviewDate: string
  /** The review is closed: nothing is owed for it any more. */
  isClosed: boolean
  /** Number of late units; 0 when all have caught up. */
  late: number
  /** What they owe. */
  owing: OwingCounts
  /** Those with the most missing, as far as there was room. */
  units: readonly OverdueUnit[]
}

export interface OverdueUnit {
  unitId: string
  name: string
  /** Codes of the missing criteria; empty where only the report is owed. */
  missing: readonly string[]
  /** How often the unit was reminded of this review, and when last. */
  reminded: number
  lastReminded: Date | undefined
  recipients: UnitRecipients
}

/** Who is reminded on behalf of a unit. */
export interface UnitRecipients {
  names: readonly string[]
  /** Why nobody can be reminded. */
  withoutRecipient: NoRecipient | undefined
  /** The latest time at which someone who cannot be reminded again yet was, or will be, reminded. */
  heldAt: Date | undefined
  /** Somebody can be reminded now. */
  canSend: boolean
}

/**
 * The late units of several reviews, at most `limit` in all. A review that was moved to another date since is left out.
 */
export async function overdueReviews(
  use: Use,
  workspaceId: string,
  reviews: readonly NamedReview[],
  limit: number,
): Promise<OverdueReview[]> {
  const { tx } = use
  const found: OverdueReview[] = []
  const today = localDate(use.now, use.timeZone)
  const shown = reviews.map((r) => r.campaignId)
  const nameOf = await namesIn(tx, workspaceId, today, shown)
  let room = limit
  for (const { campaignId, kind, reviewDate } of reviews) {
    const campaign = await tx.campaigns.byId(workspaceId, campaignId)
    const review = campaign && (await tx.reviews.list(campaign.id)).find((r) => r.kind === kind)
    if (!campaign || review?.date !== reviewDate) continue
    const owing = await owingFor(tx, campaign, kind)
    const first = [...owing].sort((a, b) => b.missing - a.missing).slice(0, Math.max(room, 0))
    room -= first.length
    const units = owing.length > 0 ? await overdueUnits(use, campaign, kind, reviewDate, first) : []
    found.push({
      campaign,
      named: nameOf(campaignId),
      kind,
      reviewDate,
      isClosed: review.closed !== undefined,
      late: owing.length,
      owing: countOwing(owing),
      units,
    })
  }
  return found
}

async function overdueUnits(
  use: Use,
  campaign: Campaign,
  kind: ReviewKind,
  reviewDate: string,
  owing: readonly Owing[],
): Promise<OverdueUnit[]> {
  const { tx, now } = use
  const plan = await computeNudge(use, campaign, { kind, units: 'all' })
  const counts = await tx.reminders.ofReview(campaign.id, kind, reviewDate, now)
  const names = new Map((await tx.units.list(campaign.workspaceId)).map((u) => [u.id, u.name]))
  const units: OverdueUnit[] = []
  for (const { unitId } of owing) {
    const { times = 0, last } = counts.get(unitId) ?? {}
    units.push({
      unitId,
      name: names.get(unitId) ?? '',
      missing: (await tx.progress.standing(campaign.id, kind, unitId))?.missing ?? [],
      reminded: times,
      lastReminded: last,
      recipients: recipientsIn(plan, unitId),
    })
  }
  return units
}

function recipientsIn(plan: NudgePlan, unitId: string): UnitRecipients {
  const concerned = <T extends { units: readonly Owing[] }>(people: readonly T[]): T[] =>
    people.filter((p) => p.units.some((u) => u.unitId === unitId))
  const [send, held] = [concerned(plan.send), concerned(plan.held)]
  return {
    names: [...send, ...held].map((p) => p.person.fullName),
    withoutRecipient: plan.withoutRecipient.find((u) => u.unitId === unitId)?.why,
    heldAt: held.map((h) => h.last).sort((a, b) => b.getTime() - a.getTime())[0],
    canSend: send.length > 0,
  }
}

/** The state of a campaign on the working day before a review. */
export interface ReviewEve {
  /** The campaign where several run, so that it must be named. */
  named: CampaignName | undefined
  kind: ReviewKind
  /** yyyy-mm-dd, as it was named. */
  reviewDate: string
  /** Working days left until `reviewDate`. */
  daysLeft: number
  /** Whether the review still has that date, and it has not passed. */
  isDue: boolean
  criteria: number
  totals: SummaryTotals
  reports: ReportCounts
  /** The units with the most missing. */
  mostMissing: readonly StandingRow[]
  owing: OwingCounts
}

/** Reads the state of a campaign before a review, with at most `limit` units. */
export async function reviewEve(
  use: Use,
  campaign: Campaign,
  { kind, reviewDate }: Pick<NamedReview, 'kind' | 'reviewDate'>,
  limit: number,
): Promise<ReviewEve> {
  const { tx, now, timeZone } = use
  const { date } = await deadlineOf(use, campaign, kind)
  const today = localDate(now, timeZone)
  const totals = (await tx.progress.totals(campaign.id, kind)) ?? noTotals
  return {
    named: (await namesIn(tx, campaign.workspaceId, today, [campaign.id]))(campaign.id),
    kind,
    reviewDate,
    daysLeft: await workingDaysUntil(use, campaign, reviewDate),
    isDue: date === reviewDate && today <= reviewDate,
    criteria: criteriaOf(campaign).length,
    totals,
    reports: await tx.unitReports.counts(campaign.id, kind),
    mostMissing: (await tx.progress.page(campaign.id, kind, limit, 0)).filter((r) => r.missing.length > 0),
    owing: await owingCounts(tx, campaign, kind, totals),
  }
}
