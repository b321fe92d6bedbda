import { addDays, isDate } from '../date.js'
import type { Holiday, HolidayKind } from './holiday.js'
import { mondayToFriday } from './working-day.js'

/** One typed line of a table: one day, or the days from one to another, both included. */
export interface HolidayLine {
  /** Counted from 1. */
  line: number
  from: string
  to: string
  kind: HolidayKind
  name: string
}

/** What is wrong with a line. */
export type HolidayLineFault = { line: number } & (
  | { what: 'noDate' | 'date'; word: string }
  | { what: 'kind'; word: string }
  | { what: 'order' }
  | { what: 'long'; days: number; max: number }
  | { what: 'year'; date: string; year: number }
  | { what: 'twice'; date: string; first: number }
  | { what: 'works'; date: string }
  | { what: 'name' }
  | { what: 'nameLong'; max: number }
)

const HOLIDAY_LIMITS = { days: 62, name: 80 }

/**
 * The holidays of a year from typed lines, or the faults of all lines in their order. Saturdays and Sundays within a span are
 * left out, since they are free anyway; one that was typed by itself is kept.
 */
export function daysOf(
  year: number,
  lines: readonly HolidayLine[],
): { days: Holiday[]; faults?: undefined } | { faults: HolidayLineFault[] } {
  const faults: HolidayLineFault[] = []
  const taken = new Map<string, { first: number; day: Holiday }>()
  for (const one of lines) {
    const fault = faultOf(year, one)
    if (fault) {
      faults.push({ line: one.line, ...fault })
      continue
    }
    for (let date = one.from; date <= one.to; date = addDays(date, 1)) {
      if (one.from !== one.to && !mondayToFriday(date)) continue
      const known = taken.get(date)
      if (known) {
        faults.push({ line: one.line, what: 'twice', date, first: known.first })
        break
      }
      taken.set(date, { first: one.line, day: { date, kind: one.kind, name: one.name } })
    }
  }
  if (faults.length > 0) return { faults: faults.sort((a, b) => a.line - b.line) }
  return { days: [...taken.values()].map((t) => t.day).sort((a, b) => (a.date < b.date ? -1 : 1)) }
}

type Fault<T = HolidayLineFault> = T extends unknown ? Omit<T, 'line'> : never

function faultOf(year: number, { from, to, kind, name }: HolidayLine): Fault | undefined {
  for (const word of [from, to]) if (!isDate(word)) return { what: 'date', word }
  for (const date of [from, to]) if (!date.startsWith(`${year}-`)) return { what: 'year', date, year }
  if (from > to) return { what: 'order' }
  const days = Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000) + 1
  if (days > HOLIDAY_LIMITS.days) return { what: 'long', days, max: HOLIDAY_LIMITS.days }
  // Monday to Friday are working days anyway: a slip, most likely in the month.
  if (kind === 'work' && (from !== to || mondayToFriday(from))) return { what: 'works', date: from }
  if (name === '') return { what: 'name' }
  return name.length > HOLIDAY_LIMITS.name ? { what: 'nameLong', max: HOLIDAY_LIMITS.name } : undefined
}
