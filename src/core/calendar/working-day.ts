import { type BoundedCache, boundedCache } from '../bounded-cache.js'
import { addDays, weekday } from '../date.js'

/** Tells whether a plain date is a working day. Monday to Friday unless a calendar of holidays is handed in. */
export type Calendar = (date: string) => boolean

export const mondayToFriday: Calendar = (date) => {
  const day = weekday(date)
  return day >= 1 && day <= 5
}

/** The working day that lies `n` working days after (n > 0) or before (n < 0) a date; n = 0 is the date itself. */
export function shiftWorkingDays(date: string, n: number, isWorkingDay: Calendar = mondayToFriday): string {
  const step = Math.sign(n)
  let at = date
  for (let left = Math.abs(n); left > 0; ) {
    at = addDays(at, step)
    if (isWorkingDay(at)) left--
  }
  return at
}

const counted = new WeakMap<Calendar, BoundedCache<string, number>>()

/** Working days after `from` up to and including `to`; negative when `to` lies before `from`. */
export function workingDaysBetween(from: string, to: string, isWorkingDay: Calendar = mondayToFriday): number {
  if (to < from) return -workingDaysBetween(to, from, isWorkingDay)
  // Every summary asks this of the same few pairs; walking a year of days costs more than the rest of the page.
  let known = counted.get(isWorkingDay)
  if (!known) {
    known = boundedCache(1000)
    counted.set(isWorkingDay, known)
  }
  const key = from + to
  let days = known.get(key)
  if (days === undefined) {
    days = 0
    for (let at = from; at < to; ) {
      at = addDays(at, 1)
      if (isWorkingDay(at)) days++
    }
    known.set(key, days)
  }
  return days
}

/**
 * Working days left until a date: 0 on that day alone, negative once it has passed. A date that is itself free lies one
 * working day after the last before it, so that what is shown is what the rungs count by `shiftWorkingDays`.
 */
export function workingDaysLeft(today: string, date: string, isWorkingDay: Calendar = mondayToFriday): number {
  if (today === date) return 0
  if (date < today) return Math.min(-1, workingDaysBetween(today, date, isWorkingDay))
  return workingDaysBetween(today, date, isWorkingDay) + (isWorkingDay(date) ? 0 : 1)
}
