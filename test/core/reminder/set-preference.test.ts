import { describe, expect, it } from 'vitest'
import { hourChoices, hourOn, type ReminderPreference, wantsRung } from '../../../src/core/reminder/preference.js'

const ladder = { workingDaysBefore: [20, 10, 5, 2, 1], at: '08:00', until: '18:00' }
const wish = (some: Partial<ReminderPreference>): ReminderPreference => ({
  at: null,
  atBefore: null,
  atFrom: '2024-06-11',
  early: true,
  ...some,
})

describe('the hour of a person’s reminders', () => {
  it.each([
    ['is the plan’s without a preference', undefined, '2024-06-12', '08:00'],
    ['is the plan’s when that was chosen', wish({ at: null, atBefore: '10:00' }), '2024-06-11', '08:00'],
    ['is still the old one on the day of a change', wish({ at: '14:00', atBefore: '10:00' }), '2024-06-10', '10:00'],
    ['is still the plan’s on the day of the first change', wish({ at: '14:00' }), '2024-06-10', '08:00'],
    ['is the new one from the next day on', wish({ at: '14:00', atBefore: '10:00' }), '2024-06-11', '14:00'],
    ['is the new one permanently', wish({ at: '14:00', atBefore: '10:00' }), '2025-01-02', '14:00'],
    ['can be the last one of the sending hours', wish({ at: '17:00' }), '2024-06-12', '17:00'],
    ['is the plan’s when the chosen one is after sending hours', wish({ at: '18:00' }), '2024-06-12', '08:00'],
    ['is the plan’s when the chosen one is before sending hours', wish({ at: '07:00' }), '2024-06-12', '08:00'],
  ])('%s', (_, w, date, hour) => {
    expect(hourOn(w, date, ladder)).toBe(hour)
  })

  it.each([
    ['08:00', '12:00', ['08:00', '09:00', '10:00', '11:00']],
    ['07:30', '09:30', ['07:30', '08:00', '09:00']],
    ['08:00', '08:30', ['08:00']],
  ])('can be chosen, with sending hours from %s to %s, among %j', (at, until, hours) => {
    expect(hourChoices({ at, until })).toEqual(hours)
  })
})

describe('the rungs at which a person is reminded', () => {
  const few = wish({ early: false })
  it.each([
    ['are all without a preference', undefined, [20, 10, 5, 2, 1], [-20, -10, -5, -2, -1, 0, 1, 5]],
    ['are all with early ones wanted', wish({}), [20, 10, 5, 2, 1], [-20, -10, -5, -2, -1, 0, 1, 5]],
    [
      'are the last one before the day, the day and the late ones without early ones',
      few,
      [20, 10, 5, 2, 1],
      [-1, 0, 1, 5],
    ],
    ['include the last one before the day even when it is far away', few, [20, 10], [-10, -5, -2, -1, 0, 1, 5]],
    ['include a single one before the day', few, [20], [-20, -10, -5, -2, -1, 0, 1, 5]],
    ['are all when none is before the day', few, [], [-20, -10, -5, -2, -1, 0, 1, 5]],
  ])('%s', (_, w, workingDaysBefore, wanted) => {
    expect([-20, -10, -5, -2, -1, 0, 1, 5].filter((offset) => wantsRung(w, { workingDaysBefore }, offset))).toEqual(
      wanted,
    )
  })
})
