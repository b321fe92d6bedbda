import { describe, expect, it } from 'vitest'
import { type Calendar, mondayToFriday } from '../../../src/core/calendar/working-day.js'
import { thanksAt, thanksDue } from '../../../src/core/digest/plan-thanks.js'
import { at, campaign, timeZone } from '../../example.js'

const { ladder } = campaign
const without =
  (...days: string[]): Calendar =>
  (date) =>
    mondayToFriday(date) && !days.includes(date)
/** 30/04 and 01/05 are holidays. */
const may = without('2024-04-30', '2024-05-01')

describe('the thanks at the end of a month', () => {
  it.each<[string, string | undefined, string, string, Calendar, string | undefined]>([
    ['are due on the last working day from 16:00', '2024-04', '2024-05-31', '16:00', mondayToFriday, '2024-05'],
    ['are not due earlier that day', '2024-04', '2024-05-31', '15:59', mondayToFriday, undefined],
    ['are not due in the evening', '2024-04', '2024-05-31', '18:00', mondayToFriday, undefined],
    ['are not due the day before', '2024-04', '2024-05-30', '16:00', mondayToFriday, undefined],
    ['are not due twice', '2024-05', '2024-05-31', '16:01', mondayToFriday, undefined],
    ['are due on Friday when the month ends on Sunday', '2024-05', '2024-06-28', '16:00', mondayToFriday, '2024-06'],
    ['are not due on that Sunday', '2024-05', '2024-06-30', '16:00', mondayToFriday, undefined],
    ['are due on Monday when Tuesday is a holiday', '2024-03', '2024-04-29', '16:00', may, '2024-04'],
    ['are due on the first working day after, when missed', '2024-03', '2024-05-02', '16:00', may, '2024-04'],
    ['are not due on that day when they were not missed', '2024-04', '2024-05-02', '16:00', may, undefined],
    ['are not due on the morning of that day', '2024-03', '2024-05-02', '08:00', may, undefined],
    ['are not due on the second working day after', '2024-03', '2024-05-03', '16:00', may, undefined],
    ['are not due when the clock is set back', '2024-05', '2024-04-30', '16:00', mondayToFriday, undefined],
    ['are due in a campaign’s first month', undefined, '2024-01-31', '16:00', mondayToFriday, '2024-01'],
    ['of December are due in January when missed', '2023-11', '2024-01-02', '16:30', without('2024-01-01'), '2023-12'],
  ])('%s', (_, last, date, time, isWorkingDay, month) =>
    expect(thanksDue(last, at(date, time), ladder, timeZone, isWorkingDay)).toBe(month),
  )

  it.each([
    ['08:00', '18:00', '16:00'],
    ['08:00', '16:30', '15:00'],
    ['09:30', '10:15', '09:30'],
    ['17:00', '20:00', '17:00'],
  ])('with sending hours from %s to %s are due at %s', (from, until, expected) =>
    expect(thanksAt({ ...ladder, at: from, until })).toBe(expected),
  )
})
