import { describe, expect, it } from 'vitest'
import { layoutOf } from '../../../src/commands/reminder/layout.js'
import { blocksOf } from '../../../src/commands/reminder/unit-blocks.js'
import type { OwedReview, ReminderPart } from '../../../src/core/queries/reminder/parts.js'
import { campaign, unit } from '../../example.js'

const part = (missing: number, i = 0): ReminderPart => ({
  campaign,
  named: undefined,
  kind: 'preliminary',
  reviewDate: '2024-06-28',
  unit: unit(`K${i}`, i),
  missing: Array.from({ length: missing }, (_, n) => `a${n}`),
  of: 21,
  report: 'owed',
  waiting: 0,
  leads: true,
  helps: false,
  helpers: [],
  isClosed: false,
})
const review = (parts: ReminderPart[]): OwedReview => ({
  ...part(0),
  days: 5,
  parts,
  missing: 0,
  reports: 0,
  waiting: 0,
})
const counts = (parts: ReminderPart[], blocks = 50) => {
  const { full, short } = layoutOf([review(parts)], blocks)
  return { full: full.size, short: short.size, folded: parts.length - full.size - short.size }
}

describe('the layout of a reminder', () => {
  it('shows one unit in full when it fits, else in one line', () => {
    expect(counts([part(41)])).toEqual({ full: 1, short: 0, folded: 0 })
    expect(counts([part(42)])).toEqual({ full: 0, short: 1, folded: 0 })
  })

  it('shows a unit that owes only its report in one line', () => {
    expect(counts([part(0)])).toEqual({ full: 0, short: 1, folded: 0 })
  })

  it('keeps room for one line for each unit that follows', () => {
    const parts = [part(38), part(38), part(38)]
    expect(blocksOf(parts[0] as ReminderPart)).toBe(40)
    expect(counts(parts)).toEqual({ full: 1, short: 2, folded: 0 })
    expect(counts([part(40), part(40), part(40)])).toEqual({ full: 0, short: 3, folded: 0 })
  })

  it('lists as many criteria one by one as a phone shows, and more only of the first unit', () => {
    expect(counts([part(11), part(11), part(11)])).toEqual({ full: 1, short: 2, folded: 0 })
    expect(counts([part(6), part(6), part(6)])).toEqual({ full: 2, short: 1, folded: 0 })
    expect(counts([part(20), part(2)])).toEqual({ full: 1, short: 1, folded: 0 })
  })

  it('shows in full only units with little missing when there are more than six', () => {
    const parts = Array.from({ length: 7 }, (_, i) => part(i < 2 ? 3 : 4, i))
    expect(counts(parts)).toEqual({ full: 2, short: 5, folded: 0 })
  })

  it('folds what exceeds twelve lines', () => {
    expect(counts(Array.from({ length: 30 }, (_, i) => part(10, i)))).toEqual({ full: 0, short: 12, folded: 18 })
  })

  it.each([20, 50])('never takes more than the %i blocks of a message', (blocks) => {
    for (const missing of [0, 1, 3, 10, 21]) {
      const parts = Array.from({ length: 40 }, (_, i) => part(missing, i))
      const { full, short } = layoutOf([review(parts)], blocks)
      const taken = [...full].reduce((sum, p) => sum + blocksOf(p), 0) + short.size + 1
      expect(taken).toBeLessThanOrEqual(blocks)
    }
  })
})
