import { addDays, weekday } from '../date.js'
import { swaps } from './holiday-swaps.js'
import { solarOfLunar, tetOf } from './lunar.js'
import { mondayToFriday } from './working-day.js'

/** `off`: a free day; `work`: a Saturday or Sunday on which people work. */
export const holidayKinds = ['off', 'work'] as const
export type HolidayKind = (typeof holidayKinds)[number]

/** A day that differs from its weekday: free on Monday to Friday, or worked at a weekend. `date`: yyyy-mm-dd. */
export interface Holiday {
  date: string
  kind: HolidayKind
  name: string
}

export type HolidayName = 'newYear' | 'tet' | 'hungKings' | 'reunification' | 'labour' | 'national'

/** Why a day is proposed. `of`: the day that it replaces, yyyy-mm-dd. */
export type HolidayReason =
  | { why: 'holiday'; holiday: HolidayName }
  | { why: 'substitute'; holiday: HolidayName; of: string }
  | { why: 'swap'; of: string }

export interface ProposedHoliday {
  date: string
  kind: HolidayKind
  reason: HolidayReason
}

/** The years whose holidays can be computed: the lunar calendar is verified for them. */
export const HOLIDAY_YEARS = { from: 2000, to: 2100 }
export const hasHolidays = (year: number): boolean => year >= HOLIDAY_YEARS.from && year <= HOLIDAY_YEARS.to

/** The second day of the National Day, before or after 2/9, whichever makes the longer rest: by the weekday of 2/9, from Sunday. */
const BESIDE_NATIONAL_DAY = ['09-03', '09-03', '09-01', '09-01', '09-03', '09-01', '09-01']

/**
 * The public holidays of a year by date, including those at weekends: Labour Code 2019, Art. 112(1). The Prime Minister sets
 * the five days of Tết and the second day of 2/9 each year (Art. 112(3)). This takes the last two days of the old lunar year
 * and the first three of the new one, which with the substitute days matches what was announced for 2023 to 2026.
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
 * The holidays that the bot proposes for a year, by date: public holidays from Monday to Friday; for each at a weekend the next
 * working day that is not taken (Labour Code 2019, Art. 111(3)); and the announced swaps.
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

/** Consecutive days of one kind and name; weekends may lie between them. */
export interface HolidayRun {
  from: string
  to: string
  kind: HolidayKind
  name: string
  /** The whole free period around it, weekends and neighbouring runs included; the day itself for `work`. */
  rest: { from: string; to: string; days: number }
}

/** Groups days into runs, so that a list shows `08/02–14/02` instead of five days. */
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

/** The holidays of a year as somebody saved them; they replace the whole proposal. */
export interface SavedYear {
  year: number
  days: Holiday[]
  /** Null for the command line. */
  by: string | null
  at: Date
}

/** Rows of saved years. */
export interface Holidays {
  /** Changes with every change of any year, and never repeats; '' while nothing was saved. */
  version(workspaceId: string): Promise<string>
  year(workspaceId: string, year: number): Promise<SavedYear | undefined>
  /** The saved years, and every day of them. */
  all(workspaceId: string): Promise<{ years: number[]; days: Pick<Holiday, 'date' | 'kind'>[] }>
  /** Saves a year, replacing what was saved. */
  put(workspaceId: string, saved: SavedYear): Promise<void>
  drop(workspaceId: string, year: number): Promise<void>
}
