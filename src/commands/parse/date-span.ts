import { addDays, weekday } from '../../core/date.js'
import type { Day, Span } from './date-words.js'

/** Half a year in days: a date without a year means the nearest one, in either direction. */
const HALF = 183

/** Two plain dates (yyyy-mm-dd), which may not exist (2024-02-31) if so typed. `until` is undefined for an open end. */
export interface Dates {
  from: string
  until: string | undefined
}

/**
 * Resolves typed days to dates, relative to today (yyyy-mm-dd). Without a year, dates are of this year unless they ended
 * more than half a year ago, so that a date just past is reported as a fault and not taken for next year's. An end before
 * its beginning is of the next year if that is less than half a year later.
 */
export function datesOf(span: Span, today: string): Dates {
  if ('week' in span) {
    const monday = addDays(mondayOf(today), 7 * span.week)
    return { from: span.week === 0 ? today : monday, until: addDays(monday, 6) }
  }
  if ('days' in span) {
    const from = fromOf(span.from, (one) => addDays(one, span.days - 1), today)
    return { from, until: isReal(from) ? addDays(from, span.days - 1) : from }
  }
  const until = span.until
  if (!until) {
    const from = fromOf(span.from, (one) => one, today)
    return { from, until: span.isOpen ? undefined : from }
  }
  const begin = withMonth(span.from, until)
  const end = withMonth(until, span.from)
  if (begin.kind === 'date' && begin.y === undefined && end.kind === 'date' && end.y !== undefined) {
    const to = text(end, end.y)
    const years = [end.y, end.y - 1]
    const from = years.map((y) => text(begin, y)).find((one) => one <= to && gap(one, to) <= HALF)
    return { from: from ?? text(begin, end.y), until: to }
  }
  const from = fromOf(begin, (one) => untilOf(end, one, today), today)
  return { from, until: untilOf(end, from, today) }
}

type DateDay = Extract<Day, { kind: 'date' }>

/** A day without a month takes the month, and the year, of the other day. */
function withMonth(day: Day, other: Day): Day {
  if (day.kind !== 'date' || day.m !== undefined || other.kind !== 'date' || other.m === undefined) return day
  return { ...other, d: day.d }
}

function fromOf(day: Day, end: (from: string) => string, today: string): string {
  if (day.kind === 'plus') return addDays(today, day.days)
  if (day.kind === 'weekday') return onWeekday(day, today, today)
  if (day.y !== undefined) return text(day, day.y)
  const year = Number(today.slice(0, 4))
  const isOver = (from: string) => end(from) < today
  // It began last year and is not over.
  const before = text(day, year - 1)
  if (isReal(before) && !isOver(before)) return before
  const now = text(day, year)
  return isReal(now) && isOver(now) && gap(end(now), today) > HALF ? text(day, year + 1) : now
}

function untilOf(day: Day, from: string, today: string): string {
  if (day.kind === 'plus') return addDays(today, day.days)
  if (day.kind === 'weekday') return onWeekday(day, isReal(from) ? from : today, today)
  if (day.y !== undefined) return text(day, day.y)
  const year = Number(from.slice(0, 4))
  const same = text(day, year)
  const next = text(day, year + 1)
  return same < from && isReal(from) && isReal(next) && gap(from, next) <= HALF ? next : same
}

/** The first such weekday on or after `from`; with a week (0: this one) the day of that week. Weeks begin on Monday. */
function onWeekday(day: Extract<Day, { kind: 'weekday' }>, from: string, today: string): string {
  if (day.week !== undefined) return addDays(mondayOf(today), 7 * day.week + ((day.weekday + 6) % 7))
  return addDays(from, (day.weekday - weekday(from) + 7) % 7)
}

const mondayOf = (date: string): string => addDays(date, -((weekday(date) + 6) % 7))

const two = (n: number | undefined): string => String(n ?? 0).padStart(2, '0')
const text = ({ d, m }: DateDay, year: number): string => `${year}-${two(m)}-${two(d)}`
const isReal = (date: string): boolean => {
  const at = new Date(`${date}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(date)
}

const gap = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000
