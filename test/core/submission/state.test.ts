import { describe, expect, it } from 'vitest'
import { awaitingBoard, mayBecome, type SubmissionState, submissionStates } from '../../../src/core/submission/state.js'

// A change of this table needs a migration: databases have triggers generated from it (0003-desk).
describe('a submission', () => {
  it.each<[SubmissionState, string, SubmissionState[]]>([
    [
      'submitted',
      'may be revised, confirmed, returned or withdrawn, and accepted when heads need not confirm',
      ['submitted', 'confirmed', 'accepted', 'returned', 'withdrawn'],
    ],
    [
      'confirmed',
      'may be revised, accepted, returned or withdrawn',
      ['submitted', 'accepted', 'returned', 'withdrawn'],
    ],
    ['returned', 'may be submitted again or withdrawn', ['submitted', 'withdrawn']],
    ['accepted', 'is closed', []],
    ['withdrawn', 'is closed', []],
  ])('in state %s %s', (from, _, expected) => {
    expect(submissionStates.filter((to) => mayBecome(from, to)).sort()).toEqual([...expected].sort())
  })

  it('awaits the Command Board only in a state that may become accepted', () => {
    for (const headConfirms of [true, false])
      for (const state of awaitingBoard(headConfirms)) expect(mayBecome(state, 'accepted')).toBe(true)
    expect(awaitingBoard(true)).not.toContain('submitted')
  })
})
