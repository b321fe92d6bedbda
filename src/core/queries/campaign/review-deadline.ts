import { calendarOf } from '../../calendar/holiday-calendar.js'
import { workingDaysLeft } from '../../calendar/working-day.js'
import type { Campaign } from '../../campaign/campaign.js'
import { currentReviewKind, kindToWorkFor, type Review, type ReviewKind, reviewsInView } from '../../campaign/review.js'
import { localDate } from '../../date.js'
import { leadingForUnit } from '../../report/leading.js'
import type { UseCase } from '../../use-case.js'

type Use = Pick<UseCase, 'tx' | 'now' | 'timeZone'>

/** The date of one review, as far as it is set. */
export interface ReviewDeadline {
  kind: ReviewKind
  /** yyyy-mm-dd; undefined until a date is set. */
  date: string | undefined
  /** Working days left until the date, as `workingDaysLeft` counts them; 0 without a date. */
  daysLeft: number
  /** When the review was closed; undefined while it is open. */
  closedAt: Date | undefined
  /** The open review after it, where this is the leading one. */
  next: Review | undefined
  /** Open reviews that stopped leading since they were not closed in time, where this is the leading one. */
  lapsed: readonly Review[]
}

/** The kind of review that leads today. */
export const currentKind = async ({ tx, now, timeZone }: Use, campaign: Campaign): Promise<ReviewKind> =>
  currentReviewKind(
    await tx.reviews.list(campaign.id),
    localDate(now, timeZone),
    await calendarOf(tx, campaign.workspaceId),
  )

/** The kind of review that a unit works towards today: the next one once its report for the leading one is approved. */
export async function unitKind({ tx, now, timeZone }: Use, campaign: Campaign, unitId: string): Promise<ReviewKind> {
  const isWorkingDay = await calendarOf(tx, campaign.workspaceId)
  const reviews = await tx.reviews.list(campaign.id)
  const review = await leadingForUnit(tx, campaign, unitId, reviews, localDate(now, timeZone), isWorkingDay)
  return kindToWorkFor(reviews, review)
}

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
  const { tx, now, timeZone } = use
  const review = reviews.find((r) => r.kind === kind)
  if (!review) return { kind, date: undefined, daysLeft: 0, closedAt: undefined, next: undefined, lapsed: [] }
  const today = localDate(now, timeZone)
  const isWorkingDay = await calendarOf(tx, campaign.workspaceId)
  const view = reviewsInView(reviews, today, isWorkingDay)
  return {
    kind,
    date: review.date,
    daysLeft: workingDaysLeft(today, review.date, isWorkingDay),
    closedAt: review.closed?.at,
    next: view.leading === review ? view.next : undefined,
    lapsed: view.leading === review ? view.lapsed : [],
  }
}

/** Working days left until a date (yyyy-mm-dd), by the calendar of the campaign's workspace. */
export async function workingDaysUntil({ tx, now, timeZone }: Use, campaign: Campaign, date: string): Promise<number> {
  const isWorkingDay = await calendarOf(tx, campaign.workspaceId)
  return workingDaysLeft(localDate(now, timeZone), date, isWorkingDay)
}
