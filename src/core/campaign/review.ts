import { type Calendar, mondayToFriday, shiftWorkingDays, workingDaysBetween } from '../calendar/working-day.js'

export const reviewKinds = ['preliminary', 'final'] as const

/** *Sơ kết* and *tổng kết*. The plan gives no date for either: the Board sets them. */
export type ReviewKind = (typeof reviewKinds)[number]
export interface Review {
  kind: ReviewKind
  /** yyyy-mm-dd in the campaign's time zone. */
  date: string
}

export interface Reviews {
  list(campaignId: string): Promise<Review[]>
  set(workspaceId: string, campaignId: string, review: Review, by: string, now: Date): Promise<void>
}

/** Working days after a review during which its overdue units are reported: as long as its last rung may be sent. */
const OVERDUE_FOR = 20

/** The reviews that have passed, by at most twenty working days, by date. */
export const overdueReviewsOn = (
  reviews: readonly Review[],
  today: string,
  isWorkingDay: Calendar = mondayToFriday,
): Review[] =>
  reviews
    .filter((r) => r.date < today && workingDaysBetween(r.date, today, isWorkingDay) <= OVERDUE_FOR)
    .sort((a, b) => (a.date < b.date ? -1 : 1))

/** The reviews that are imminent: from the working day before (when people can still act) to the day itself. */
export const imminentReviews = (
  reviews: readonly Review[],
  today: string,
  isWorkingDay: Calendar = mondayToFriday,
): Review[] => reviews.filter((r) => shiftWorkingDays(r.date, -1, isWorkingDay) <= today && today <= r.date)
