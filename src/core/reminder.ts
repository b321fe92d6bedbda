import type { Ladder } from './campaign.js'
import { instantAt, localTime } from './date.js'
import type { Review, ReviewKind } from './review.js'
import { type Calendar, mondayToFriday, shiftWorkingDays } from './working-day.js'

/** One date on which heads are reminded of one review. `offset`: working days from the review, negative before it. */
export interface Rung {
  kind: ReviewKind
  reviewDate: string
  offset: number
  /** yyyy-mm-dd. */
  on: string
}

/** Working days for which the last rung may still be sent after it fell due; later it would only puzzle. */
const LAST_RUNG_LASTS = 20

export const rungKey = (rung: Pick<Rung, 'kind' | 'reviewDate' | 'offset'>): string =>
  `${rung.kind}:${rung.reviewDate}:${rung.offset}`

/** A rung for those who are reminded at one hour of the day (HH:mm). */
export const slotKey = (rung: Pick<Rung, 'kind' | 'reviewDate' | 'offset'>, hour: string): string =>
  `${rungKey(rung)}@${hour}`

/** Every rung of a review, in the order of their dates. */
export function rungsOf(review: Review, ladder: Ladder, isWorkingDay: Calendar = mondayToFriday): Rung[] {
  const offsets = [
    ...ladder.workingDaysBefore.map((n) => -n),
    ...(ladder.onTheDay ? [0] : []),
    ...ladder.workingDaysLate,
  ].sort((a, b) => a - b)
  return offsets.map((offset) => ({
    kind: review.kind,
    reviewDate: review.date,
    offset,
    on: shiftWorkingDays(review.date, offset, isWorkingDay),
  }))
}

/** Whether messages may go out now: a working day, between the ladder's hours. */
export function isSendingTime(
  now: Date,
  ladder: Ladder,
  timeZone: string,
  isWorkingDay: Calendar = mondayToFriday,
): boolean {
  const { date, time } = localTime(now, timeZone)
  return isWorkingDay(date) && time >= ladder.at && time < ladder.until
}

/**
 * The rung of a review that is to be sent on a day, with every rung up to it (it stands for those before it), or none. Of
 * several that fell due while nothing could be sent only the latest is sent; one already planned for everyone is never
 * planned again, nor is one that lies before it, whatever the clock does.
 */
export function rungOn(
  review: Review,
  ladder: Ladder,
  planned: ReadonlySet<string>,
  date: string,
  isWorkingDay: Calendar = mondayToFriday,
): { rung: Rung; covers: Rung[] } | undefined {
  const past = rungsOf(review, ladder, isWorkingDay).filter((r) => r.on <= date)
  const rung = past.at(-1)
  if (!rung || planned.has(rungKey(rung))) return undefined
  const expires = shiftWorkingDays(rung.on, LAST_RUNG_LASTS, isWorkingDay)
  return date > expires ? undefined : { rung, covers: past }
}

/** Every rung still to come, with the instant at which it falls due for those who keep the ladder's hour. */
export function rungsToCome(
  reviews: readonly Review[],
  ladder: Ladder,
  planned: ReadonlySet<string>,
  now: Date,
  timeZone: string,
  isWorkingDay: Calendar = mondayToFriday,
): (Rung & { at: Date })[] {
  return reviews
    .flatMap((review) => rungsOf(review, ladder, isWorkingDay))
    .filter((rung) => isWorkingDay(rung.on) && !planned.has(rungKey(rung)))
    .map((rung) => ({ ...rung, at: instantAt(rung.on, ladder.at, timeZone) }))
    .filter((rung) => rung.at > now)
    .sort((a, b) => a.at.getTime() - b.at.getTime())
}
