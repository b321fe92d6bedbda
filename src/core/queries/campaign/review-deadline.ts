import { calendarOf } from '../../calendar/holiday-calendar.js'
import { workingDaysLeft } from '../../calendar/working-day.js'
import { type Campaign, currentReviewKind } from '../../campaign/campaign.js'
import type { Review, ReviewKind } from '../../campaign/review.js'
import { localDate } from '../../date.js'
import type { UseCase } from '../../use-case.js'

type Use = Pick<UseCase, 'tx' | 'now' | 'timeZone'>

/** The date of one review, as far as it is set. */
export interface ReviewDeadline {
  kind: ReviewKind
  /** yyyy-mm-dd; undefined until a date is set. */
  date: string | undefined
  /** Working days left until the date, as `workingDaysLeft` counts them; 0 without a date. */
  daysLeft: number
}

/** The kind of review that is current today. */
export const currentKind = async ({ tx, now, timeZone }: Use, campaign: Campaign): Promise<ReviewKind> =>
  currentReviewKind(await tx.reviews.list(campaign.id), localDate(now, timeZone))

/** The date of one review and the working days left until it. */
export const deadlineOf = async (use: Use, campaign: Campaign, kind: ReviewKind): Promise<ReviewDeadline> =>
  deadlineAmong(use, campaign, kind, await use.tx.reviews.list(campaign.id))

/** The same from reviews that were read already. */
export async function deadlineAmong(
  use: Use,
  campaign: Campaign,
  kind: ReviewKind,
  reviews: readonly Review[],
): Promise<ReviewDeadline> {
  const date = reviews.find((r) => r.kind === kind)?.date
  return { kind, date, daysLeft: date === undefined ? 0 : await workingDaysUntil(use, campaign, date) }
}

/** Working days left until a date (yyyy-mm-dd), by the calendar of the campaign's workspace. */
export async function workingDaysUntil({ tx, now, timeZone }: Use, campaign: Campaign, date: string): Promise<number> {
  const isWorkingDay = await calendarOf(tx, campaign.workspaceId)
  return workingDaysLeft(localDate(now, timeZone), date, isWorkingDay)
}
