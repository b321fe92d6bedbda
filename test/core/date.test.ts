import { describe, expect, it } from 'vitest'
import { addDays, instantAt, isDate, localDate, localTime, weekday } from '../../src/core/date.js'

const vietnam = 'Asia/Ho_Chi_Minh'

describe('local time', () => {
  it.each([
    ['2024-06-14T01:00:00Z', '2024-06-14', '08:00'],
    ['2024-06-13T16:59:59Z', '2024-06-13', '23:59'],
    ['2024-06-13T17:00:00Z', '2024-06-14', '00:00'],
    ['2023-12-31T17:00:00Z', '2024-01-01', '00:00'],
    ['2024-02-28T17:00:00Z', '2024-02-29', '00:00'],
  ])('in Vietnam at %s is %s %s', (instant, date, time) => {
    expect(localTime(new Date(instant), vietnam)).toEqual({ date, time })
    expect(localDate(new Date(instant), vietnam)).toBe(date)
  })

  it.each([
    ['2024-06-14', '08:00', vietnam, '2024-06-14T01:00:00.000Z'],
    ['2024-06-14', '00:00', vietnam, '2024-06-13T17:00:00.000Z'],
    ['2024-06-14', '08:00', 'UTC', '2024-06-14T08:00:00.000Z'],
    ['2024-03-31', '08:00', 'Europe/Paris', '2024-03-31T06:00:00.000Z'],
    ['2024-03-30', '08:00', 'Europe/Paris', '2024-03-30T07:00:00.000Z'],
    ['2024-10-27', '08:00', 'Europe/Paris', '2024-10-27T07:00:00.000Z'],
  ])('is %s %s in %s at %4$s', (date, time, zone, instant) => {
    expect(instantAt(date, time, zone).toISOString()).toBe(instant)
  })

  it('is converted back to the same instant, in every zone and all year', () => {
    for (const zone of [vietnam, 'Europe/Paris', 'America/New_York', 'UTC'])
      for (let day = 0; day < 366; day++) {
        const date = addDays('2024-01-01', day)
        expect(localTime(instantAt(date, '08:00', zone), zone)).toEqual({ date, time: '08:00' })
      }
  })
})

describe('a plain date', () => {
  it.each<[string, number, string]>([
    ['2024-02-28', 1, '2024-02-29'],
    ['2024-02-29', 1, '2024-03-01'],
    ['2024-01-01', -1, '2023-12-31'],
    ['2024-06-14', 0, '2024-06-14'],
    ['2024-01-01', 366, '2025-01-01'],
  ])('%s and %i days is %s', (date, days, expected) => {
    expect(addDays(date, days)).toBe(expected)
  })

  it.each([
    ['2024-06-14', true],
    ['2024-02-29', true],
    ['2023-02-29', false],
    ['2024-02-30', false],
    ['2024-13-01', false],
    ['2024-6-14', false],
    ['14/06/2024', false],
    [' 2024-06-14', false],
    ['2024-06-14T08:00', false],
    ['', false],
  ])('“%s” exists in the calendar: %s', (text, good) => {
    expect(isDate(text)).toBe(good)
  })

  it('has a day of the week', () => {
    expect(['2024-06-09', '2024-06-10', '2024-06-15'].map(weekday)).toEqual([0, 1, 6])
  })
})
