import { describe, expect, it, test } from 'vitest'
import { type Holiday, proposedHolidays, runsOf } from '../../../src/core/calendar/holiday.js'
import { proposedCalendar } from '../../../src/core/calendar/holiday-calendar.js'
import { solarOfLunar } from '../../../src/core/calendar/lunar.js'
import { mondayToFriday } from '../../../src/core/calendar/working-day.js'
import { addDays } from '../../../src/core/date.js'

const span = (year: number, from: string, to = from): string[] => {
  const day = (ddMM: string) => `${year}-${ddMM.slice(3)}-${ddMM.slice(0, 2)}`
  const days = []
  for (let at = day(from); at <= day(to); at = addDays(at, 1)) days.push(at)
  return days
}
const ofKind = (year: number, kind: 'off' | 'work') =>
  proposedHolidays(year)
    .filter((d) => d.kind === kind)
    .map((d) => d.date)
const weekdaysOff = (year: number) =>
  span(year, '01/01', '31/12').filter((d) => mondayToFriday(d) && !proposedCalendar(d))

describe('the proposed holidays are the announced ones', () => {
  it.each([
    // 2023: Tết from 20/01, Giỗ Tổ on a Saturday before 30/4 and 1/5, 2/9 on a Saturday.
    [2023, [['02/01'], ['20/01', '20/01'], ['23/01', '26/01'], ['01/05', '03/05'], ['01/09'], ['04/09']], []],
    [
      2024,
      [['01/01'], ['08/02', '09/02'], ['12/02', '14/02'], ['18/04'], ['29/04', '01/05'], ['02/09', '03/09']],
      ['04/05'],
    ],
    [2025, [['01/01'], ['27/01', '31/01'], ['07/04'], ['30/04', '02/05'], ['01/09', '02/09']], ['26/04']],
    [
      2026,
      [['01/01', '02/01'], ['16/02', '20/02'], ['27/04'], ['30/04', '01/05'], ['31/08', '02/09']],
      ['10/01', '22/08'],
    ],
  ] as [number, [string, string?][], string[]][])('in %s', (year, off, work) => {
    expect(ofKind(year, 'off')).toEqual(off.flatMap(([from, to]) => span(year, from, to)))
    expect(ofKind(year, 'work').sort()).toEqual(work.flatMap((d) => span(year, d)).sort())
    expect(weekdaysOff(year)).toEqual(ofKind(year, 'off'))
    for (const date of ofKind(year, 'work')) expect(proposedCalendar(date)).toBe(true)
  })
})

it.each([
  // The days off around 2/9, by its weekday.
  [2024, 'Monday', ['2024-09-02', '2024-09-03']],
  [2025, 'Tuesday', ['2025-09-01', '2025-09-02']],
  [2026, 'Wednesday', ['2026-09-01', '2026-09-02']],
  [2027, 'Thursday', ['2027-09-02', '2027-09-03']],
  [2022, 'Friday', ['2022-09-01', '2022-09-02']],
  [2023, 'Saturday', ['2023-09-01', '2023-09-04']],
  [2029, 'Sunday', ['2029-09-03', '2029-09-04']],
])('the days off around 2/9/%s, a %s, are %j', (year, _, days) => {
  const off = ofKind(year, 'off').filter((d) => d > `${year}-08-31` && d < `${year}-09-30`)
  expect(off).toEqual(days)
})

test('every year has eleven days off on weekdays, or ten when Giỗ Tổ is on 30/4 or 1/5', () => {
  for (let year = 2000; year <= 2100; year++) {
    const rest = proposedHolidays(year).filter((d) => d.reason.why !== 'swap')
    const hungKings = solarOfLunar(year, 3, 10)
    const shared = ['04-30', '05-01'].includes(hungKings.slice(5)) && mondayToFriday(hungKings)
    expect(`${year} ${rest.length}`).toBe(`${year} ${shared ? 10 : 11}`)
    expect(new Set(rest.map((d) => d.date)).size).toBe(rest.length)
    for (const { date, kind } of rest) expect(`${date} ${kind} ${mondayToFriday(date)}`).toBe(`${date} off true`)
  }
})

describe('runs of holidays', () => {
  const off = (date: string, name: string): Holiday => ({ date, kind: 'off', name })
  test('continue over a weekend for days of the same name only, and count the whole period off', () => {
    const days = [
      ...['2024-02-08', '2024-02-09', '2024-02-12', '2024-02-13', '2024-02-14'].map((d) => off(d, 'Tết')),
      off('2024-04-29', 'đổi'),
      off('2024-04-30', '30/4'),
      off('2024-05-01', '1/5'),
      { date: '2024-05-04', kind: 'work', name: 'bù' } as const,
      off('2024-06-03', 'x'),
      off('2024-06-05', 'x'),
    ]
    const shown = runsOf(days).map((r) => [r.from, r.to, r.kind, r.rest.from, r.rest.to, r.rest.days])
    expect(shown).toEqual([
      ['2024-02-08', '2024-02-14', 'off', '2024-02-08', '2024-02-14', 7],
      ['2024-04-29', '2024-04-29', 'off', '2024-04-27', '2024-05-01', 5],
      ['2024-04-30', '2024-04-30', 'off', '2024-04-27', '2024-05-01', 5],
      ['2024-05-01', '2024-05-01', 'off', '2024-04-27', '2024-05-01', 5],
      ['2024-05-04', '2024-05-04', 'work', '2024-05-04', '2024-05-04', 1],
      ['2024-06-03', '2024-06-03', 'off', '2024-06-01', '2024-06-03', 3],
      ['2024-06-05', '2024-06-05', 'off', '2024-06-05', '2024-06-05', 1],
    ])
  })
})
