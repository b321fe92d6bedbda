import { calendarOf } from '../calendar/holiday-calendar.js'
import { type Calendar, mondayToFriday, shiftWorkingDays } from '../calendar/working-day.js'
import type { Tx } from '../ports.js'
import { type Campaign, submissionNumber } from './campaign.js'
import type { Review } from './review.js'

/** Working days after its last review for which units that are late are still followed. */
const LASTS_AFTER_REVIEW = 20

/**
 * The campaigns that run on a date, in the order given: those whose period has not ended, or whose last review is no more
 * than 20 working days ago. `reviewsById`: the reviews of each, by its id; `today`: yyyy-mm-dd.
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

/** The campaigns of a workspace that run on a date (yyyy-mm-dd) with their reviews, the one imported last first. */
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
 * The campaigns of a workspace that run on a date (yyyy-mm-dd), the one imported last first; `known`: the workspace's calendar,
 * where the caller has read it already.
 */
export async function running(tx: Tx, workspaceId: string, date: string, known?: Calendar): Promise<Campaign[]> {
  const isWorkingDay = known ?? (await calendarOf(tx, workspaceId))
  return (await runningWithReviews(tx, workspaceId, date, isWorkingDay)).map(({ campaign }) => campaign)
}

/** Every campaign of a workspace by its id: for lists of what was handed in to several of them. */
export const campaignsById = async (tx: Tx, workspaceId: string): Promise<ReadonlyMap<string, Campaign>> =>
  new Map((await tx.campaigns.all(workspaceId)).map((c) => [c.id, c]))

/** The number of a submission, `TĐ-2024-000123`, by the campaign that it belongs to. */
export function numberIn(
  campaigns: ReadonlyMap<string, Campaign>,
  { campaignId, number }: { campaignId: string; number: number },
): string {
  const campaign = campaigns.get(campaignId)
  return campaign ? submissionNumber(campaign, number) : String(number)
}
