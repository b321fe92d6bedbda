/** Working days of 2024 as announced, and local time in An Giang. Uses no code of the bot, because it checks the bot. */

const DAY_MS = 86_400_000
const OFFSET_MS = 7 * 3_600_000

/** New Year; Tết; Giỗ Tổ; 29/4 (swapped for 4/5), 30/4, 1/5; 2/9 and the day after; New Year 2025. */
const holidays = new Set(
  '01-01 02-08 02-09 02-10 02-11 02-12 02-13 02-14 04-18 04-29 04-30 05-01 09-02 09-03'
    .split(' ')
    .map((d) => `2024-${d}`)
    .concat('2025-01-01'),
)
/** Saturdays that are worked in exchange for a day off. */
const workedSaturdays = new Set(['2024-05-04'])

export type IsWorkingDay = (date: string) => boolean

const utcMidnight = (date: string): number => Date.parse(`${date}T00:00:00Z`)
const isoDate = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
export const daysLater = (date: string, n: number): string => isoDate(utcMidnight(date) + n * DAY_MS)

const isWeekend = (date: string): boolean => new Date(utcMidnight(date)).getUTCDay() % 6 === 0
export const isWorkingDay2024: IsWorkingDay = (date) =>
  workedSaturdays.has(date) || (!isWeekend(date) && !holidays.has(date))

/** The instant, in ms, that is so many minutes after the local midnight of a date. */
export const instant = (date: string, minutes: number): number => utcMidnight(date) - OFFSET_MS + minutes * 60_000
/** The local date and the minutes since midnight of an instant. */
export const localTime = (ms: number): { date: string; minutes: number } => {
  const local = ms + OFFSET_MS
  return { date: isoDate(local), minutes: Math.floor((local % DAY_MS) / 60_000) }
}

/** Whether reminders may be sent: between 08:00 and 18:00 of a working day. */
export function isSendingTime(ms: number, isWorkingDay: IsWorkingDay): boolean {
  const { date, minutes } = localTime(ms)
  return isWorkingDay(date) && minutes >= 8 * 60 && minutes < 18 * 60
}

/** The date `n` working days after a date, or before it when `n` is negative; the date itself for 0. */
export function workingDaysAway(date: string, n: number, isWorkingDay: IsWorkingDay): string {
  let day = date
  for (let left = Math.abs(n); left > 0; ) {
    day = daysLater(day, Math.sign(n))
    if (isWorkingDay(day)) left -= 1
  }
  return day
}
