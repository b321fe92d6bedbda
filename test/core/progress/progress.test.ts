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

describe('a cell', () => {
  it.each<[string, Tally | undefined, boolean, CellState]>([
    ['is missing without submissions', undefined, false, 'missing'],
    ['is missing when all submissions were withdrawn', tally({}), false, 'missing'],
    ['is waiting after a submission', tally({ submitted: 1 }), false, 'waiting'],
    ['is confirmed after a confirmation', tally({ confirmed: 1 }), false, 'confirmed'],
    ['is confirmed after an acceptance', tally({ accepted: 1 }), false, 'confirmed'],
    ['is confirmed after a paper receipt', tally({ paper: 1 }), false, 'confirmed'],
    [
      'is confirmed by paper, also with waiting and returned submissions',
      tally({ paper: 1, submitted: 1, returned: 1 }),
      false,
      'confirmed',
    ],
    ['is confirmed by paper, also with a nil report', tally({ paper: 1 }), true, 'confirmed'],
    ['is returned when all submissions are returned', tally({ returned: 2 }), false, 'returned'],
    ['is nil after a nil report', undefined, true, 'nil'],
    ['is nil after a nil report, also with a returned submission', tally({ returned: 1 }), true, 'nil'],
    ['is waiting with a waiting submission, also with a nil report', tally({ submitted: 1 }), true, 'waiting'],
    ['is confirmed with a confirmed submission, also with a nil report', tally({ confirmed: 1 }), true, 'confirmed'],
    ['has the best state of its submissions', tally({ submitted: 3, confirmed: 1, returned: 2 }), false, 'confirmed'],
    ['is waiting with both waiting and returned submissions', tally({ submitted: 1, returned: 5 }), false, 'waiting'],
  ])('%s', (_, counts, isNil, expected) => {
    expect(cellState(counts, isNil)).toBe(expected)
  })

  it('counts as missing when it is missing or returned, not while it is waiting', () => {
    expect((['confirmed', 'waiting', 'nil', 'returned', 'missing'] as const).filter(isMissing)).toEqual([
      'returned',
      'missing',
    ])
  })
})

describe('the line of a unit', () => {
  const criteria = criteriaOf(campaign)

  it('lists every criterion in the order of the plan, also without submissions', () => {
    expect(standingOf('KCK', criteria, new Map(), new Set())).toEqual({
      unitId: 'KCK',
      have: 0,
      waiting: 0,
      missing: criteria.map((c) => c.code),
    })
  })

  it('counts confirmed, waiting and missing criteria', () => {
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

  it('ignores criteria that are not in the plan', () => {
    const line = standingOf('KCK', criteria, new Map([['z9', tally({ confirmed: 1 })]]), new Set(['z8']))
    expect(line).toMatchObject({ have: 0, missing: criteria.map((c) => c.code) })
  })
})
