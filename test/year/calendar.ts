/** Working days of 2024 as announced, and local time in An Giang, written by hand to check the bot independently. */

const DAY_MS = 86_400_000
const OFFSET_MS = 7 * 3_600_000

/** New Year; Tết; Giỗ Tổ; 29/4 (swapped for 4/5), 30/4, 1/5; 2/9 and the day after; New Year 2025. */
const holidays = new Set(
  '01-01 02-08 02-09 02-10 02-11 02-12 02-13 02-14 04-18 04-29 04-30 05-01 09-02 09-03'
    .split(' ')
    .map((d) => `2024-${d}`)
    .concat('2025-01-01'),
)
const madeUpFor = new Set(['2024-05-04'])

export type WorkingDay = (date: string) => boolean

const at = (date: string): number => Date.parse(`${date}T00:00:00Z`)
const plainDate = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
export const daysLater = (date: string, n: number): string => plainDate(at(date) + n * DAY_MS)

const isWeekend = (date: string): boolean => new Date(at(date)).getUTCDay() % 6 === 0
export const worksIn2024: WorkingDay = (date) => madeUpFor.has(date) || (!isWeekend(date) && !holidays.has(date))

/** An instant in local time. */
export const instant = (date: string, minutes: number): number => at(date) - OFFSET_MS + minutes * 60_000
export const wall = (ms: number): { date: string; minutes: number } => {
  const local = ms + OFFSET_MS
  return { date: plainDate(local), minutes: Math.floor((local % DAY_MS) / 60_000) }
}

/** Between 08:00 and 18:00 of a working day. */
export function mayWrite(ms: number, works: WorkingDay): boolean {
  const { date, minutes } = wall(ms)
  return works(date) && minutes >= 8 * 60 && minutes < 18 * 60
}

/** The working day `n` working days away; the date itself for 0. */
export function workingDaysAway(date: string, n: number, works: WorkingDay): string {
  let day = date
  for (let left = Math.abs(n); left > 0; ) {
    day = daysLater(day, Math.sign(n))
    if (works(day)) left -= 1
  }
  return day
}
