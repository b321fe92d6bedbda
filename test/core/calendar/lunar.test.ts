import { MoonPhase, SearchMoonPhase, SearchSunLongitude } from 'astronomy-engine'
import { describe, expect, it, test } from 'vitest'
import { solarOfLunar, tetOf } from '../../../src/core/calendar/lunar.js'
import { addDays } from '../../../src/core/date.js'

/** The date in Vietnam. */
const dayAt = (at: Date): string => new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(0, 10)

/** The dates in Vietnam of the new moons in a period, computed by an astronomical library. */
function newMoons(from: Date, to: Date): string[] {
  const days: string[] = []
  for (let at = from; ; ) {
    const found = SearchMoonPhase(0, at, 35)?.date
    if (!found || found > to) return days
    expect(Math.min(MoonPhase(found), 360 - MoonPhase(found))).toBeLessThan(0.01)
    days.push(dayAt(found))
    at = new Date(found.getTime() + 20 * 86_400_000)
  }
}

/** The solar terms determine the months: the eleventh has the winter solstice, a leap month has none of the twelve major terms. */
function lunarYear(year: number): { month1: string; month3: string } {
  const solstice = (y: number) => dayAt(SearchSunLongitude(270, new Date(Date.UTC(y, 11, 10)), 25)?.date as Date)
  const moons = newMoons(new Date(Date.UTC(year - 1, 9, 20)), new Date(Date.UTC(year + 1, 0, 20)))
  const startOf = (date: string) => moons.filter((m) => m <= date).at(-1) as string
  const months = moons.filter((m) => m >= startOf(solstice(year - 1)) && m < startOf(solstice(year)))
  const terms = Array.from({ length: 14 }, (_, n) => {
    const longitude = (270 + 30 * n) % 360
    return dayAt(SearchSunLongitude(longitude, new Date(Date.UTC(year - 1, 11, 10 + 30 * n)), 40)?.date as Date)
  })
  const hasTerm = (m: string, i: number) => terms.some((t) => t >= m && t < (months[i + 1] ?? startOf(solstice(year))))
  const leap = months.length === 13 ? months.findIndex((m, i) => i > 0 && !hasTerm(m, i)) : -1
  const named = months.filter((_, i) => i !== leap)
  return { month1: named[2] as string, month3: named[4] as string }
}

describe('the Vietnamese lunar calendar', () => {
  test('Tết and Giỗ Tổ of 2000 to 2060 agree with the new moons and solar terms of an astronomical library', () => {
    for (let year = 2000; year <= 2060; year++) {
      const { month1, month3 } = lunarYear(year)
      expect(`${year} ${tetOf(year)} ${solarOfLunar(year, 3, 10)}`).toBe(`${year} ${month1} ${addDays(month3, 9)}`)
    }
  }, 30_000)

  it.each([
    // Years that begin on different days in Vietnam and China, years with a leap month, and the last ones of the table.
    [1968, '1968-01-29'],
    [1985, '1985-01-21'],
    [2007, '2007-02-17'],
    [2020, '2020-01-25'],
    [2023, '2023-01-22'],
    [2024, '2024-02-10'],
    [2025, '2025-01-29'],
    [2026, '2026-02-17'],
    [2030, '2030-02-02'],
    [2033, '2033-01-31'],
    [2034, '2034-02-19'],
  ])('Tết of %s is on %s', (year, date) => {
    expect(tetOf(year)).toBe(date)
  })

  it.each([
    [2023, '2023-04-29'],
    [2024, '2024-04-18'],
    [2025, '2025-04-07'],
    [2026, '2026-04-26'],
  ])('Giỗ Tổ of %s is on %s', (year, date) => {
    expect(solarOfLunar(year, 3, 10)).toBe(date)
  })

  test('the twelfth month of a lunar year is in the next calendar year, and leap months are skipped', () => {
    expect(solarOfLunar(2024, 12, 23)).toBe('2025-01-22')
    expect(solarOfLunar(2024, 8, 15)).toBe('2024-09-17')
    // 2025 has a leap sixth month, 2033 a leap eleventh.
    expect(solarOfLunar(2025, 7, 15)).toBe('2025-09-06')
    expect(solarOfLunar(2033, 12, 1)).toBe('2034-01-20')
  })
})
