import { type Calendar, mondayToFriday, shiftWorkingDays, workingDaysBetween } from '../calendar/working-day.js'
import { addDays } from '../date.js'

export const reviewKinds = ['preliminary', 'final'] as const

/** *Sơ kết* and *tổng kết*. The plan gives no date for either: the Board sets them. */
export type ReviewKind = (typeof reviewKinds)[number]
export interface Review {
  kind: ReviewKind
  /** yyyy-mm-dd in the campaign's time zone. */
  date: string
  /** Set while the review is closed (*đã chốt*): its figures, nil reports and unit reports change no more. */
  closed?: ReviewClosed
}

/** When and by whom a review was closed; `id` names the snapshot that was taken. */
export interface ReviewClosed {
  id: string
  at: Date
  byId: string
}

export interface Reviews {
  /** By date. */
  list(campaignId: string): Promise<Review[]>
  set(workspaceId: string, campaignId: string, review: Review, by: string, now: Date): Promise<void>
}

/**
 * Working days after a review during which it leads until it is closed and its overdue units are reported: as long as its
 * last rung may be sent.
 */
const OVERDUE_FOR = 20

/** Working days before a review from which its reports are offered, and sent without another question. */
const REPORTS_FROM = 20

/** Working days until a review for which it is still early to report (more than twenty); undefined where it is not early. */
export function earlyBy({ date }: Review, today: string, isWorkingDay: Calendar = mondayToFriday): number | undefined {
  const days = workingDaysBetween(today, date, isWorkingDay)
  return days > REPORTS_FROM ? days : undefined
}

/** The reviews that are not closed: only their figures still change. */
export const openReviews = (reviews: readonly Review[]): Review[] => reviews.filter((r) => !r.closed)

/** The kinds of review whose figures still change, whether they have a date or not. */
export const openKinds = (reviews: readonly Review[]): ReviewKind[] =>
  reviewKinds.filter((kind) => !closingOf(reviews, kind))

/** When and by whom a kind of review was closed; undefined while it is open or has no date. */
export const closingOf = (reviews: readonly Review[], kind: ReviewKind): ReviewClosed | undefined =>
  reviews.find((r) => r.kind === kind)?.closed

/** Which review comes first on a date, and what stands beside it. */
export interface ReviewsInView {
  /** What people work towards; undefined where no review has a date. */
  leading: Review | undefined
  /** The open review after it. */
  next: Review | undefined
  /** Open reviews that stopped leading since nobody closed them in time, by date. */
  lapsed: readonly Review[]
}

/**
 * The review that people work towards on a date: the earliest that is open and has not passed, or has passed by at most
 * twenty working days; else the last one.
 */
export function reviewsInView(
  reviews: readonly Review[],
  today: string,
  isWorkingDay: Calendar = mondayToFriday,
): ReviewsInView {
  const sorted = [...reviews].sort((a, b) => (a.date < b.date ? -1 : 1))
  const hasLapsed = ({ date }: Review) => date < today && workingDaysBetween(date, today, isWorkingDay) > OVERDUE_FOR
  const open = openReviews(sorted)
  const current = open.filter((r) => !hasLapsed(r))
  const leading = current[0] ?? sorted.at(-1)
  return {
    leading,
    next: current.find((r) => leading !== undefined && r.date > leading.date),
    lapsed: open.filter((r) => r !== leading && hasLapsed(r)),
  }
}

/** The review that leads on a date; undefined where none has a date. */
export const currentReview = (
  reviews: readonly Review[],
  today: string,
  isWorkingDay: Calendar = mondayToFriday,
): Review | undefined => reviewsInView(reviews, today, isWorkingDay).leading

/** The kind of review that a nil report or a summary is about when none is named. */
export const currentReviewKind = (
  reviews: readonly Review[],
  today: string,
  isWorkingDay: Calendar = mondayToFriday,
): ReviewKind => kindToWorkFor(reviews, currentReview(reviews, today, isWorkingDay))

/** The kind of the leading review; once every review that has a date is closed, the kind that has none yet. */
export function kindToWorkFor(reviews: readonly Review[], leading: Review | undefined): ReviewKind {
  if (leading && !leading.closed) return leading.kind
  const undated = reviewKinds.find((kind) => !reviews.some((r) => r.kind === kind))
  return undated ?? leading?.kind ?? 'preliminary'
}

/** The open reviews that the Command Board is reminded to close: from the day after their last late rung on. */
export const reviewsToClose = (
  reviews: readonly Review[],
  today: string,
  workingDaysLate: readonly number[],
  isWorkingDay: Calendar = mondayToFriday,
): Review[] => openReviews(reviews).filter((r) => closingDue(r, workingDaysLate, isWorkingDay) <= today)

const closingDue = ({ date }: Review, workingDaysLate: readonly number[], isWorkingDay: Calendar): string =>
  addDays(shiftWorkingDays(date, Math.max(0, ...workingDaysLate), isWorkingDay), 1)

/** The open reviews that have passed by at most twenty working days, by date. */
export const overdueReviewsOn = (
  reviews: readonly Review[],
  today: string,
  isWorkingDay: Calendar = mondayToFriday,
): Review[] =>
  reviews
    .filter((r) => !r.closed && r.date < today && workingDaysBetween(r.date, today, isWorkingDay) <= OVERDUE_FOR)
    .sort((a, b) => (a.date < b.date ? -1 : 1))

/** The reviews that are imminent: from the working day before (when people can still act) to the day itself. */
export const imminentReviews = (
  reviews: readonly Review[],
  today: string,
  isWorkingDay: Calendar = mondayToFriday,
): Review[] =>
  openReviews(reviews).filter((r) => shiftWorkingDays(r.date, -1, isWorkingDay) <= today && today <= r.date)
