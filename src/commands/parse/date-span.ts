import { addDays, weekday } from '../../core/date.js'
import type { Day, Span } from './date-words.js'

/** Half a year: what is nearer is meant, in either direction. */
const HALF = 183

/** Two plain dates (yyyy-mm-dd); one may be none of the calendar, as typed. `until` is undefined for an open end. */
export interface Dates {
  from: string
  until: string | undefined
}

/**
 * The dates that typed days mean, seen from today. A year that was left out is the one in which they are not over yet, or
 * were not long ago, so that a date just past is a fault and not next year's; an end that lies before its beginning is of
 * the next year where that is near.
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

/** A day that has no month has that of the day beside it, or the month before or after where their order asks for it. */
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
  // From last year into this one.
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

/** The next such day, `from` included; with a week, that of it. Weeks begin on Monday. */
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
