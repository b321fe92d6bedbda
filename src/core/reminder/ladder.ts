import { type Calendar, mondayToFriday, shiftWorkingDays } from '../calendar/working-day.js'
import type { Ladder } from '../campaign/campaign.js'
import type { Review, ReviewKind } from '../campaign/review.js'
import { addDays, localTime } from '../date.js'

/** One date on which heads are reminded of one review. `offset`: working days from the review, negative before it. */
export interface Rung {
  kind: ReviewKind
  reviewDate: string
  offset: number
  /** yyyy-mm-dd. */
  on: string
}

/** Working days after its date during which the last rung may still be sent; later it would only puzzle people. */
const LAST_RUNG_LASTS = 20

/** The stored key of a rung that is planned for everyone. */
export const rungKey = (rung: Pick<Rung, 'kind' | 'reviewDate' | 'offset'>): string =>
  `${rung.kind}:${rung.reviewDate}:${rung.offset}`

/**
 * The key of a rung that was evaluated at an hour (HH:mm) of a day while some people were to be reminded later: until their
 * hour nothing more needs to be read.
 */
export const evaluationKey = (rung: Pick<Rung, 'kind' | 'reviewDate' | 'offset'>, day: string, hour: string): string =>
  `${rungKey(rung)}@${day}T${hour}`

/** The key by which older versions stored that everyone who is reminded at one hour (HH:mm) of the rung's day had it. */
export const slotKey = (rung: Pick<Rung, 'kind' | 'reviewDate' | 'offset'>, hour: string): string =>
  `${rungKey(rung)}@${hour}`

/** Every rung of a review by date. */
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

/**
 * The rung of a review to send on a day, with every rung up to it (which it covers); undefined for none. Of several
 * rungs that fell due while nothing could be sent only the latest is sent. A rung that is planned for everyone is never
 * planned again, nor is one before it, even if the clock goes back.
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

/** A day on which a rung of a review will be sent if nothing changes. */
export interface Sending {
  rung: Rung
  /** yyyy-mm-dd: the rung's own day, or the first working day after it. */
  day: string
}

/**
 * The first day (yyyy-mm-dd) on which anything can still be sent: today if it is a working day and the ladder's last
 * hour has not passed.
 */
export function firstSendingDay(
  now: Date,
  ladder: Pick<Ladder, 'until'>,
  timeZone: string,
  isWorkingDay: Calendar = mondayToFriday,
): string {
  const { date, time } = localTime(now, timeZone)
  return workingDayFrom(time < ladder.until ? date : addDays(date, 1), isWorkingDay)
}

const workingDayFrom = (date: string, isWorkingDay: Calendar): string =>
  isWorkingDay(date) ? date : shiftWorkingDays(date, 1, isWorkingDay)

/**
 * Every future day on which a rung of a review will be sent, computed by `rungOn` itself: what it returns for a day
 * counts as planned on the following days.
 */
export function sendingsToCome(
  review: Review,
  ladder: Ladder,
  planned: ReadonlySet<string>,
  now: Date,
  timeZone: string,
  isWorkingDay: Calendar = mondayToFriday,
): Sending[] {
  const from = firstSendingDay(now, ladder, timeZone, isWorkingDay)
  const known = new Set(planned)
  const days = rungsOf(review, ladder, isWorkingDay).map((r) => workingDayFrom(r.on < from ? from : r.on, isWorkingDay))
  const sendings: Sending[] = []
  for (const day of [...new Set(days)].sort()) {
    const found = rungOn(review, ladder, known, day, isWorkingDay)
    if (!found) continue
    sendings.push({ rung: found.rung, day })
    for (const rung of found.covers) known.add(rungKey(rung))
  }
  return sendings
}
