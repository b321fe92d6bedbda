import { addDays, weekday } from '../date.js'
import { swaps } from './holiday-swaps.js'
import { solarOfLunar, tetOf } from './lunar.js'
import { mondayToFriday } from './working-day.js'

/** `off`: nobody works that day; `work`: a Saturday or Sunday on which people do. */
export const holidayKinds = ['off', 'work'] as const
export type HolidayKind = (typeof holidayKinds)[number]

/** A day of the table: a plain date that is not what its weekday says, with what people call it. */
export interface Holiday {
  date: string
  kind: HolidayKind
  name: string
}

export type HolidayName = 'newYear' | 'tet' | 'hungKings' | 'reunification' | 'labour' | 'national'

/** Why a day is proposed; `of` is the day whose place it takes. */
export type HolidayReason =
  | { why: 'holiday'; holiday: HolidayName }
  | { why: 'substitute'; holiday: HolidayName; of: string }
  | { why: 'swap'; of: string }

export interface ProposedHoliday {
  date: string
  kind: HolidayKind
  reason: HolidayReason
}

/** The years that a table can be made of: those for which the lunar calendar is right. */
export const HOLIDAY_YEARS = { from: 2000, to: 2100 }
export const hasHolidays = (year: number): boolean => year >= HOLIDAY_YEARS.from && year <= HOLIDAY_YEARS.to

/** 2/9 and the day before or after it, whichever makes the longer rest: by the weekday of 2/9, from Sunday. */
const BESIDE_NATIONAL_DAY = ['09-03', '09-03', '09-01', '09-01', '09-03', '09-01', '09-01']

/**
 * The holidays of a year, weekends included, in their order: Labour Code 2019, Art. 112(1). Which five days of Tết and which
 * second day of 2/9 is the Prime Minister's to say each year (Art. 112(3)); here the last two days of the old lunar year
 * and the first three of the new, which with the substitute days is what was announced for 2023 to 2026.
 */
function holidaysOf(year: number): { date: string; holiday: HolidayName }[] {
  const tet = tetOf(year)
  const national = `${year}-09-02`
  const beside = `${year}-${BESIDE_NATIONAL_DAY[weekday(national)]}`
  const days: [string, HolidayName][] = [
    [`${year}-01-01`, 'newYear'],
    ...[-2, -1, 0, 1, 2].map((n): [string, HolidayName] => [addDays(tet, n), 'tet']),
    [solarOfLunar(year, 3, 10), 'hungKings'],
    [`${year}-04-30`, 'reunification'],
    [`${year}-05-01`, 'labour'],
    [national, 'national'],
    [beside, 'national'],
  ]
  return days.map(([date, holiday]) => ({ date, holiday })).sort(byDate)
}

const byDate = (a: { date: string }, b: { date: string }): number => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0)

/**
 * What the bot proposes for a year, in order: the holidays that fall on Monday to Friday, the working day after for each
 * that falls on a weekend (Labour Code 2019, Art. 111(3)), no two on one day, and the swaps that were announced.
 */
export function proposedHolidays(year: number): ProposedHoliday[] {
  const holidays = holidaysOf(year)
  const out = new Map<string, ProposedHoliday>()
  const add = (date: string, kind: HolidayKind, reason: HolidayReason) => {
    if (!out.has(date)) out.set(date, { date, kind, reason })
  }
  for (const { date, holiday } of holidays) if (mondayToFriday(date)) add(date, 'off', { why: 'holiday', holiday })
  for (const { date, holiday } of holidays) {
    if (mondayToFriday(date)) continue
    let free = addDays(date, 1)
    while (!mondayToFriday(free) || out.has(free)) free = addDays(free, 1)
    add(free, 'off', { why: 'substitute', holiday, of: date })
  }
  for (const { off, work } of swaps.filter((s) => s.off.startsWith(`${year}-`))) {
    add(off, 'off', { why: 'swap', of: work })
    add(work, 'work', { why: 'swap', of: off })
  }
  return [...out.values()].sort(byDate)
}

/** Days of one kind and name that follow one another, with nothing but weekends between them. */
export interface HolidayRun {
  from: string
  to: string
  kind: HolidayKind
  name: string
  /** The whole rest that it is part of, weekends and neighbouring runs included; of what is `work`, the day itself. */
  rest: { from: string; to: string; days: number }
}

/** A table as people say it: `08/02–14/02`, not five lines. */
export function runsOf(days: readonly Holiday[]): HolidayRun[] {
  const kinds = new Map(days.map((d) => [d.date, d.kind]))
  const isFree = (date: string) => (kinds.get(date) ?? (mondayToFriday(date) ? 'work' : 'off')) === 'off'
  const runs: HolidayRun[] = []
  for (const { date, kind, name } of [...days].sort(byDate)) {
    const last = runs.at(-1)
    if (last && kind === 'off' && last.kind === kind && last.name === name && onlyWeekend(last.to, date, kinds)) {
      last.to = date
      continue
    }
    runs.push({ from: date, to: date, kind, name, rest: { from: date, to: date, days: 1 } })
  }
  return runs.map((run) => (run.kind === 'off' ? { ...run, rest: restAround(run.from, run.to, isFree) } : run))
}

function onlyWeekend(from: string, to: string, kinds: ReadonlyMap<string, HolidayKind>): boolean {
  for (let at = addDays(from, 1); at < to; at = addDays(at, 1)) if (mondayToFriday(at) || kinds.has(at)) return false
  return true
}

function restAround(from: string, to: string, isFree: (date: string) => boolean): HolidayRun['rest'] {
  const rest = { from, to, days: 1 }
  while (isFree(addDays(rest.from, -1))) rest.from = addDays(rest.from, -1)
  while (isFree(addDays(rest.to, 1))) rest.to = addDays(rest.to, 1)
  for (let at = rest.from; at < rest.to; at = addDays(at, 1)) rest.days++
  return rest
}

/** A year's table as somebody took it over: it stands in place of the whole proposal. */
export interface SavedYear {
  year: number
  days: Holiday[]
  /** Null for the command line. */
  by: string | null
  at: Date
}

/** Rows of the tables that were taken over; years that nobody touched have none. */
export interface Holidays {
  /** Another text whenever the tables of the workspace change, and never one that was before; '' while nobody touched any. */
  version(workspaceId: string): Promise<string>
  year(workspaceId: string, year: number): Promise<SavedYear | undefined>
  /** Every day of every year that was taken over, and which years these are. */
  all(workspaceId: string): Promise<{ years: number[]; days: Pick<Holiday, 'date' | 'kind'>[] }>
  /** Puts a year's table in place of whatever there was. */
  put(workspaceId: string, saved: SavedYear): Promise<void>
  /** Gives a year back to the proposal. */
  drop(workspaceId: string, year: number): Promise<void>
}
