import { describe, expect, it } from 'vitest'
import { mayBecome, type SubmissionState, submissionStates } from '../../src/core/submission-state.js'

describe('a submission', () => {
  it.each<[SubmissionState, string, SubmissionState[]]>([
    [
      'submitted',
      'may be corrected, confirmed, returned or withdrawn',
      ['submitted', 'confirmed', 'returned', 'withdrawn'],
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
})
