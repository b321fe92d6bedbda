import { boundedCache } from '../bounded-cache.js'
import type { Tx } from '../ports.js'
import { type HolidayKind, hasHolidays, proposedHolidays } from './holiday.js'
import { type Calendar, mondayToFriday } from './working-day.js'

type Year = ReadonlyMap<string, HolidayKind>

const proposed = boundedCache<string, Year>(200)

function proposalOf(year: string): Year {
  let days = proposed.get(year)
  if (!days) {
    days = new Map(hasHolidays(Number(year)) ? proposedHolidays(Number(year)).map((d) => [d.date, d.kind]) : [])
    proposed.set(year, days)
  }
  return days
}

const calendarWith = (saved: ReadonlyMap<string, Year>): Calendar => {
  return (date) => {
    const year = date.slice(0, 4)
    const kind = (saved.get(year) ?? proposalOf(year)).get(date)
    return kind === undefined ? mondayToFriday(date) : kind === 'work'
  }
}

/** The calendar of a workspace that saved no year: Monday to Friday, with the holidays that the bot proposes. */
export const proposedCalendar: Calendar = calendarWith(new Map())

/**
 * The last calendar of each workspace. It stays the same object until a table changes, since `workingDaysBetween` caches by it.
 */
const calendars = boundedCache<string, { version: string; calendar: Calendar }>(1000)

/**
 * The working days of a workspace: each year as it was saved, or as the bot proposes it. Reads only a version number
 * until some process changes a year.
 */
export async function calendarOf(tx: Pick<Tx, 'holidays'>, workspaceId: string): Promise<Calendar> {
  const version = await tx.holidays.version(workspaceId)
  if (version === '') return proposedCalendar
  const known = calendars.get(workspaceId)
  if (known?.version === version) return known.calendar
  const { years, days } = await tx.holidays.all(workspaceId)
  const saved = new Map(years.map((year) => [String(year), new Map<string, HolidayKind>()]))
  for (const { date, kind } of days) saved.get(date.slice(0, 4))?.set(date, kind)
  const calendar = calendarWith(saved)
  calendars.set(workspaceId, { version, calendar })
  return calendar
}
