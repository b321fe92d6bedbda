import { describe, expect, it } from 'vitest'
import { type DueRung, remindersAt, type Staff, turnsAfter } from '../../../src/core/reminder/day.js'
import { covers, mergeItems, type ReminderItem } from '../../../src/core/reminder/payload.js'
import { allTurns } from '../../../src/core/reminder/turns.js'
import { campaign } from '../../example.js'

const rung = { kind: 'preliminary' as const, reviewDate: '2024-06-28', offset: -10, on: '2024-06-14' }
type Hours = Record<string, string>
const staff = (heads: string[], deputies: string[], hours: Hours, absent: string[] = []): Staff => ({
  leaders: new Map([['u', { heads, deputies }]]),
  absent: new Map(absent.map((id) => [id, '2024-06-30'])),
  helpers: () => [],
  hourOf: (id) => hours[id] ?? '08:00',
  wants: () => true,
})
/** `open`: whose turn is still to come; none where the rung was never evaluated. */
const due = (open?: string[], reminded: string[] = []): DueRung => ({
  campaign,
  rung,
  owing: ['u'],
  turns: open
    ? { open: new Map([['u', new Set(open)]]), reminded: new Map([['u', new Set(reminded)]]), slots: new Set() }
    : allTurns,
})

describe('a turn of a rung', () => {
  it.each<[string, DueRung, Staff, string, string[], string[]]>([
    ['comes for everybody at 08:00', due(), staff(['a', 'b'], [], {}), '08:00', ['a', 'b'], []],
    ['stays open until a later hour', due(), staff(['a', 'b'], [], { b: '16:00' }), '08:00', ['a'], ['b']],
    [
      'of somebody who is served does not come again',
      due(['b']),
      staff(['a', 'b'], [], { b: '16:00' }),
      '08:00',
      [],
      ['b'],
    ],
    ['comes at the hour of today', due(['b']), staff(['a', 'b'], [], {}), '08:00', ['b'], []],
    ['of an absent head is the deputy’s', due(), staff(['a'], ['d'], {}, ['a']), '08:00', ['d'], []],
    [
      'of a deputy comes no earlier than the absent head’s',
      due(),
      staff(['a'], ['d'], { a: '16:00' }, ['a']),
      '08:00',
      [],
      ['a', 'd'],
    ],
    [
      'of a head who is gone passes to the new head',
      due(['gone'], ['c']),
      staff(['new', 'c'], [], {}),
      '08:00',
      ['new'],
      [],
    ],
    [
      'that passes on waits for the hour of the new head',
      due(['gone']),
      staff(['new'], [], { new: '11:00' }),
      '08:00',
      [],
      ['new'],
    ],
    ['that passes on is nobody’s where all were reminded', due(['gone'], ['c']), staff(['c'], [], {}), '08:00', [], []],
  ])('%s', (_, one, people, time, reminded, left) => {
    expect([...remindersAt([one], people, time).people.keys()]).toEqual(reminded)
    expect(turnsAfter(one, people, time).map((t) => t.personId)).toEqual(left)
  })
})

describe('the items of a reminder', () => {
  const item = (reviewDate: string, rung: number | undefined, ...units: string[]): ReminderItem => ({
    campaignId: 'c',
    kind: 'preliminary',
    reviewDate,
    units,
    ...(rung === undefined ? {} : { rung }),
  })
  const [old, moved] = ['2024-06-28', '2024-07-05']

  it.each<[string, ReminderItem, ReminderItem, ReminderItem]>([
    ['the later rung of one date', item(old, -2, 'u'), item(old, -5, 'v'), item(old, -2, 'u', 'v')],
    ['the new date of a review that was moved', item(old, -1, 'u'), item(moved, -5, 'u'), item(moved, -5, 'u')],
    ['a unit once', item(old, undefined, 'u'), item(old, -5, 'u'), item(old, -5, 'u')],
  ])('merged, name one review once, with %s', (_, a, b, both) => {
    expect(mergeItems([a], [b])).toEqual([both])
  })

  it('cover those of the same review by another date', () => {
    expect(covers([item(moved, -5, 'u', 'v')], [item(old, -1, 'u')])).toBe(true)
    expect(covers([item(moved, -5, 'u')], [{ ...item(old, -1, 'u'), kind: 'final' }])).toBe(false)
  })
})
