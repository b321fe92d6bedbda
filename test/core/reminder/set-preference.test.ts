import { describe, expect, it } from 'vitest'
import { hourChoices, hourOn, type Wish, wants } from '../../../src/core/reminder/preference.js'

const ladder = { workingDaysBefore: [20, 10, 5, 2, 1], at: '08:00', until: '18:00' }
const wish = (some: Partial<Wish>): Wish => ({ at: null, atBefore: null, atFrom: '2024-06-11', early: true, ...some })

describe('the hour at which one is reminded', () => {
  it.each([
    ['who wished nothing, at the plan’s hour', undefined, '2024-06-12', '08:00'],
    ['who chose the plan’s hour, at that', wish({ at: null, atBefore: '10:00' }), '2024-06-11', '08:00'],
    ['on the day of the change still at the old hour', wish({ at: '14:00', atBefore: '10:00' }), '2024-06-10', '10:00'],
    ['of a first change, at the plan’s until then', wish({ at: '14:00' }), '2024-06-10', '08:00'],
    ['from the next day on at the new one', wish({ at: '14:00', atBefore: '10:00' }), '2024-06-11', '14:00'],
    ['and ever after', wish({ at: '14:00', atBefore: '10:00' }), '2025-01-02', '14:00'],
    ['the last hour that one may choose', wish({ at: '17:00' }), '2024-06-12', '17:00'],
    ['an hour at which nothing is sent is the plan’s', wish({ at: '18:00' }), '2024-06-12', '08:00'],
    ['an hour before the plan’s is the plan’s', wish({ at: '07:00' }), '2024-06-12', '08:00'],
  ])('%s', (_, w, date, hour) => {
    expect(hourOn(w, date, ladder)).toBe(hour)
  })

  it.each([
    ['08:00', '12:00', ['08:00', '09:00', '10:00', '11:00']],
    ['07:30', '09:30', ['07:30', '08:00', '09:00']],
    ['08:00', '08:30', ['08:00']],
  ])('from %s to before %s is one of %j', (at, until, hours) => {
    expect(hourChoices({ at, until })).toEqual(hours)
  })
})

describe('which rungs one is reminded of', () => {
  const few = wish({ early: false })
  it.each([
    ['all, who wished nothing', undefined, [20, 10, 5, 2, 1], [-20, -10, -5, -2, -1, 0, 1, 5]],
    ['all, who wants the early ones', wish({}), [20, 10, 5, 2, 1], [-20, -10, -5, -2, -1, 0, 1, 5]],
    ['the last one, the day and the late ones', few, [20, 10, 5, 2, 1], [-1, 0, 1, 5]],
    ['the last one even where it is far off', few, [20, 10], [-10, -5, -2, -1, 0, 1, 5]],
    ['a single one is the last', few, [20], [-20, -10, -5, -2, -1, 0, 1, 5]],
    ['without any before the review nothing is early', few, [], [-20, -10, -5, -2, -1, 0, 1, 5]],
  ])('%s', (_, w, workingDaysBefore, wanted) => {
    expect([-20, -10, -5, -2, -1, 0, 1, 5].filter((offset) => wants(w, { workingDaysBefore }, offset))).toEqual(wanted)
  })
})
