import { calendarOf } from '../calendar/holiday-calendar.js'
import { type Calendar, mondayToFriday, shiftWorkingDays } from '../calendar/working-day.js'
import type { Tx } from '../ports.js'
import { type Campaign, submissionNumber } from './campaign.js'
import type { Review } from './review.js'

/** Working days after its last review during which a campaign still runs, for its overdue units. */
const LASTS_AFTER_REVIEW = 20

/**
 * The campaigns that run on a date (yyyy-mm-dd), in the given order: their period has not ended, or their last review
 * is at most 20 working days ago. `reviewsById`: each campaign's reviews by its id.
 */
export function runningCampaigns(
  campaigns: readonly Campaign[],
  reviewsById: ReadonlyMap<string, readonly Review[]>,
  today: string,
  isWorkingDay: Calendar = mondayToFriday,
): Campaign[] {
  return campaigns.filter(({ id, period }) => {
    if (today <= period.to) return true
    const last = (reviewsById.get(id) ?? []).reduce((max, r) => (r.date > max ? r.date : max), '')
    return last !== '' && today <= shiftWorkingDays(last, LASTS_AFTER_REVIEW, isWorkingDay)
  })
}

/** A campaign that runs, with the reviews that have a date. */
export interface RunningCampaign {
  campaign: Campaign
  reviews: readonly Review[]
}

/** The running campaigns of a workspace on a date (yyyy-mm-dd) with their reviews, last imported first. */
export async function runningWithReviews(
  tx: Tx,
  workspaceId: string,
  date: string,
  isWorkingDay: Calendar,
): Promise<RunningCampaign[]> {
  const campaigns = await tx.campaigns.all(workspaceId)
  const reviews = new Map<string, Review[]>()
  for (const { id } of campaigns) reviews.set(id, await tx.reviews.list(id))
  return runningCampaigns(campaigns, reviews, date, isWorkingDay).map((campaign) => ({
    campaign,
    reviews: reviews.get(campaign.id) ?? [],
  }))
}

/**
 * The running campaigns of a workspace on a date (yyyy-mm-dd), last imported first. `known`: the workspace's calendar,
 * where the caller has it.
 */
export async function running(tx: Tx, workspaceId: string, date: string, known?: Calendar): Promise<Campaign[]> {
  const isWorkingDay = known ?? (await calendarOf(tx, workspaceId))
  return (await runningWithReviews(tx, workspaceId, date, isWorkingDay)).map(({ campaign }) => campaign)
}

/** Every campaign of a workspace by id, for lists of submissions to several campaigns. */
export const campaignsById = async (tx: Tx, workspaceId: string): Promise<ReadonlyMap<string, Campaign>> =>
  new Map((await tx.campaigns.all(workspaceId)).map((c) => [c.id, c]))

/** A submission's number, `TĐ-2024-000123`, by its campaign. */
export function numberIn(
  campaigns: ReadonlyMap<string, Campaign>,
  { campaignId, number }: { campaignId: string; number: number },
): string {
  const campaign = campaigns.get(campaignId)
  return campaign ? submissionNumber(campaign, number) : String(number)
}

/** The number and title by which a campaign is named where several run. */
export type CampaignName = Pick<Campaign, 'number' | 'title'>

/**
 * How to name campaigns in what covers all of them: undefined while one runs on a date (yyyy-mm-dd) and no other is
 * `shown`, so that nothing is said of what there is only one of.
 */
export async function namesIn(
  tx: Tx,
  workspaceId: string,
  date: string,
  shown: readonly string[] = [],
): Promise<(campaignId: string) => CampaignName | undefined> {
  const run = (await running(tx, workspaceId, date)).map((c) => c.id)
  if (new Set([...run, ...shown]).size < 2) return () => undefined
  const all = await campaignsById(tx, workspaceId)
  return (id) => all.get(id)
}
