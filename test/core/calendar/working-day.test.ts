import { describe, expect, it } from 'vitest'
import {
  mondayToFriday,
  shiftWorkingDays,
  workingDaysBetween,
  workingDaysLeft,
} from '../../../src/core/calendar/working-day.js'
import { addDays } from '../../../src/core/date.js'

/** 2/9 is a holiday; Saturday 31/8 is worked instead. */
const withHoliday = (date: string) => date === '2024-08-31' || (date !== '2024-09-02' && mondayToFriday(date))

describe('working days', () => {
  it.each<[string, string, number, string]>([
    ['a Friday', '2024-06-28', 0, '2024-06-28'],
    ['a Friday', '2024-06-28', -1, '2024-06-27'],
    ['a Friday', '2024-06-28', -5, '2024-06-21'],
    ['a Friday', '2024-06-28', -20, '2024-05-31'],
    ['a Friday', '2024-06-28', 1, '2024-07-01'],
    ['a Monday', '2024-07-01', -1, '2024-06-28'],
    ['a Saturday', '2024-06-29', -1, '2024-06-28'],
    ['a Saturday', '2024-06-29', 1, '2024-07-01'],
    ['a Sunday', '2024-06-30', -2, '2024-06-27'],
    ['a Sunday', '2024-06-30', 0, '2024-06-30'],
  ])('%s: from %s, %i of them lead to %s', (_, from, n, to) => {
    expect(shiftWorkingDays(from, n)).toBe(to)
  })

  it.each<[string, string, number]>([
    ['2024-06-28', '2024-06-28', 0],
    ['2024-06-27', '2024-06-28', 1],
    ['2024-06-21', '2024-06-28', 5],
    ['2024-06-28', '2024-07-01', 1],
    ['2024-06-28', '2024-06-30', 0],
    ['2024-06-29', '2024-06-30', 0],
    ['2024-06-30', '2024-07-01', 1],
    ['2024-07-01', '2024-06-28', -1],
    ['2024-01-01', '2024-12-31', 261],
  ])('between %s and %s there are %i', (from, to, n) => {
    expect(workingDaysBetween(from, to)).toBe(n)
  })

  it('are counted between two dates as they are shifted', () => {
    for (let i = 0; i < 14; i++)
      for (const n of [-20, -5, -1, 1, 5, 20]) {
        const from = addDays('2024-06-01', i)
        if (mondayToFriday(from)) expect(workingDaysBetween(from, shiftWorkingDays(from, n))).toBe(n)
      }
  })

  it.each<[string, string, string, number]>([
    ['before a Friday', '2024-06-14', '2024-06-28', 10],
    ['on the day', '2024-06-28', '2024-06-28', 0],
    ['on the Saturday after a Friday', '2024-06-29', '2024-06-28', -1],
    ['on the Sunday after a Friday', '2024-06-30', '2024-06-28', -1],
    ['on the Monday after a Friday', '2024-07-01', '2024-06-28', -1],
    ['on the Friday before a Saturday', '2024-06-28', '2024-06-29', 1],
    ['on the Saturday before a Sunday', '2024-06-29', '2024-06-30', 1],
    ['on a Saturday itself', '2024-06-29', '2024-06-29', 0],
    ['on the Sunday after a Saturday', '2024-06-30', '2024-06-29', -1],
  ])('left %s: from %s to %s there are %i', (_, today, date, n) => {
    expect(workingDaysLeft(today, date)).toBe(n)
  })

  it('left agree with the rungs, on any weekday of a review', () => {
    for (let i = 0; i < 14; i++)
      for (const n of [1, 2, 5, 20]) {
        const date = addDays('2024-06-01', i)
        expect(workingDaysLeft(shiftWorkingDays(date, -n), date)).toBe(n)
      }
  })

  it('follow a calendar of holidays and days worked in exchange', () => {
    expect(shiftWorkingDays('2024-09-03', -1, withHoliday)).toBe('2024-08-31')
    expect(workingDaysBetween('2024-08-30', '2024-09-03', withHoliday)).toBe(2)
    expect(workingDaysBetween('2024-08-30', '2024-09-03')).toBe(2)
    expect(workingDaysBetween('2024-08-31', '2024-09-03', withHoliday)).toBe(1)
  })
})
