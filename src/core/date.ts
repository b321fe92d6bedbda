import { boundedCache } from './bounded-cache.js'

/** Plain dates are `yyyy-mm-dd` text in the campaign's time zone; instants are `Date`. */

const DAY = 86_400_000

/** Time zones whose offset is cached; a campaign has one. */
const MAX_ZONES = 50
const formats = boundedCache<string, Intl.DateTimeFormat>(MAX_ZONES)

function format(timeZone: string): Intl.DateTimeFormat {
  let f = formats.get(timeZone)
  if (!f) {
    f = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    })
    formats.set(timeZone, f)
  }
  return f
}

const QUARTER = 900_000

/** Each time zone's offset from UTC in ms, for the quarter of an hour that was requested last. */
const offsets = boundedCache<string, { quarter: number; ms: number }>(MAX_ZONES)

/** Offsets change at whole quarters of an hour (UTC), so one lookup (20 µs) serves a quarter. */
function offset(at: Date, timeZone: string): number {
  const quarter = Math.floor(at.getTime() / QUARTER)
  const known = offsets.get(timeZone)
  if (known?.quarter === quarter) return known.ms
  const p: Record<string, string> = {}
  const from = quarter * QUARTER
  for (const { type, value } of format(timeZone).formatToParts(from)) p[type] = value
  const ms = Date.parse(`${p.year}-${p.month}-${p.day}T${p.hour}:${p.minute}:00Z`) - from
  offsets.set(timeZone, { quarter, ms })
  return ms
}

/** The wall clock of a time zone at an instant: `{date: 'yyyy-mm-dd', time: 'HH:mm'}`. */
export function localTime(at: Date, timeZone: string): { date: string; time: string } {
  const shown = new Date(at.getTime() + offset(at, timeZone)).toISOString()
  return { date: shown.slice(0, 10), time: shown.slice(11, 16) }
}

export const localDate = (at: Date, timeZone: string): string => localTime(at, timeZone).date

/** The instant at which a time zone's clocks show `date` `time` (HH:mm). */
export function instantAt(date: string, time: string, timeZone: string): Date {
  const wanted = Date.parse(`${date}T${time}:00Z`)
  let guess = wanted
  // Two rounds settle the offset also across a daylight-saving change; Vietnam has none.
  for (let i = 0; i < 2; i++) {
    const shown = localTime(new Date(guess), timeZone)
    guess += wanted - Date.parse(`${shown.date}T${shown.time}:00Z`)
  }
  return new Date(guess)
}

export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)

/** 0 is Sunday, 6 Saturday. */
export const weekday = (date: string): number => new Date(`${date}T00:00:00Z`).getUTCDay()

/** Whether the text is a date of the calendar in the form yyyy-mm-dd (2024-02-30 is not). */
export const isDate = (text: string): boolean => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}
