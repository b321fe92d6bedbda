import { type BoundedCache, boundedCache } from '../bounded-cache.js'
import { addDays, weekday } from '../date.js'

/** Whether a date (yyyy-mm-dd) is a working day. */
export type Calendar = (date: string) => boolean

export const mondayToFriday: Calendar = (date) => {
  const day = weekday(date)
  return day >= 1 && day <= 5
}

/** The working day `n` working days after (n > 0) or before (n < 0) a date; the date itself for n = 0. */
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

/** Number of working days after `from` up to and including `to`; negative when `to` is before `from`. */
export function workingDaysBetween(from: string, to: string, isWorkingDay: Calendar = mondayToFriday): number {
  if (to < from) return -workingDaysBetween(to, from, isWorkingDay)
  // Cached: every summary needs the same few pairs, and counting over a year costs more than the rest of the page.
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
 * Working days left until a date: 0 only on that day, negative after it. A free date counts as one working day after the last
 * one before it, so that the number agrees with the rungs, which use `shiftWorkingDays`.
 */
export function workingDaysLeft(today: string, date: string, isWorkingDay: Calendar = mondayToFriday): number {
  if (today === date) return 0
  if (date < today) return Math.min(-1, workingDaysBetween(today, date, isWorkingDay))
  return workingDaysBetween(today, date, isWorkingDay) + (isWorkingDay(date) ? 0 : 1)
}
