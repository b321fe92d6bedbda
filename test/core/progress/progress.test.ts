import { describe, expect, it } from 'vitest'
import { criteriaOf } from '../../../src/core/campaign/campaign.js'
import {
  type CellState,
  cellState,
  emptyTally,
  isMissing,
  standingOf,
  type Tally,
} from '../../../src/core/progress/progress.js'
import { campaign } from '../../example.js'

const tally = (some: Partial<Tally>): Tally => ({ ...emptyTally, ...some })

describe('what a unit has under a criterion', () => {
  it.each<[string, Tally | undefined, boolean, CellState]>([
    ['is missing when nothing was handed in', undefined, false, 'missing'],
    ['is missing when all was withdrawn', tally({}), false, 'missing'],
    ['waits for the head once handed in', tally({ submitted: 1 }), false, 'waiting'],
    ['stands once confirmed', tally({ confirmed: 1 }), false, 'confirmed'],
    ['stands once accepted', tally({ accepted: 1 }), false, 'confirmed'],
    ['stands once paper was received', tally({ paper: 1 }), false, 'confirmed'],
    [
      'stands on paper, though what was typed waits or was returned',
      tally({ paper: 1, submitted: 1, returned: 1 }),
      false,
      'confirmed',
    ],
    ['stands on paper, though the head had said nothing to report', tally({ paper: 1 }), true, 'confirmed'],
    ['is returned when only that is left', tally({ returned: 2 }), false, 'returned'],
    ['is nothing to report when the head said so', undefined, true, 'nil'],
    ['is nothing to report, though something was returned', tally({ returned: 1 }), true, 'nil'],
    ['waits, though the head had said nothing to report', tally({ submitted: 1 }), true, 'waiting'],
    ['stands, though the head had said nothing to report', tally({ confirmed: 1 }), true, 'confirmed'],
    ['is the best that stands', tally({ submitted: 3, confirmed: 1, returned: 2 }), false, 'confirmed'],
    ['waits rather than is returned', tally({ submitted: 1, returned: 5 }), false, 'waiting'],
  ])('%s', (_, counts, isNil, expected) => {
    expect(cellState(counts, isNil)).toBe(expected)
  })

  it('is missing when empty or returned, not while it waits', () => {
    expect((['confirmed', 'waiting', 'nil', 'returned', 'missing'] as const).filter(isMissing)).toEqual([
      'returned',
      'missing',
    ])
  })
})

describe('a unit’s line', () => {
  const criteria = criteriaOf(campaign)

  it('of a unit that did nothing lists every criterion in the plan’s order', () => {
    expect(standingOf('KCK', criteria, new Map(), new Set())).toEqual({
      unitId: 'KCK',
      have: 0,
      waiting: 0,
      missing: criteria.map((c) => c.code),
    })
  })

  it('counts what stands, what waits and what is missing', () => {
    const tallies = new Map([
      ['b6', tally({ confirmed: 1 })],
      ['a1', tally({ submitted: 2 })],
      ['a3', tally({ returned: 1 })],
    ])
    expect(standingOf('KCK', criteria, tallies, new Set(['b2']))).toEqual({
      unitId: 'KCK',
      have: 3,
      waiting: 1,
      missing: ['a2', 'a3', 'a4', 'a5', 'b1', 'b3', 'b4', 'b5'],
    })
  })

  it('takes no notice of criteria that the plan does not have', () => {
    const line = standingOf('KCK', criteria, new Map([['z9', tally({ confirmed: 1 })]]), new Set(['z8']))
    expect(line).toMatchObject({ have: 0, missing: criteria.map((c) => c.code) })
  })
})
