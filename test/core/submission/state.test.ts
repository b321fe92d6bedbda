import { describe, expect, it } from 'vitest'
import { awaitingBoard, mayBecome, type SubmissionState, submissionStates } from '../../../src/core/submission/state.js'

// Whoever changes this table writes a migration too: each database holds triggers made of it (0003-desk).
describe('a submission', () => {
  it.each<[SubmissionState, string, SubmissionState[]]>([
    [
      'submitted',
      'may be corrected, confirmed, returned or withdrawn, and accepted where heads are not needed',
      ['submitted', 'confirmed', 'accepted', 'returned', 'withdrawn'],
    ],
    [
      'confirmed',
      'may be corrected, accepted, returned or withdrawn',
      ['submitted', 'accepted', 'returned', 'withdrawn'],
    ],
    ['returned', 'may be handed in again or withdrawn', ['submitted', 'withdrawn']],
    ['accepted', 'is closed', []],
    ['withdrawn', 'is closed', []],
  ])('that is %s %s', (from, _, expected) => {
    expect(submissionStates.filter((to) => mayBecome(from, to)).sort()).toEqual([...expected].sort())
  })

  it('may wait for the Command Board only in a state that may become accepted', () => {
    for (const headConfirms of [true, false])
      for (const state of awaitingBoard(headConfirms)) expect(mayBecome(state, 'accepted')).toBe(true)
    expect(awaitingBoard(true)).not.toContain('submitted')
  })
})
