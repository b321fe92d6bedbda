import { describe, expect, it } from 'vitest'
import {
  criteriaOf,
  criterionOf,
  currentReview,
  currentReviewKind,
  submissionNumber,
} from '../../../src/core/campaign/campaign.js'
import type { Review } from '../../../src/core/campaign/review.js'
import { campaign } from '../../example.js'

const preliminary: Review = { kind: 'preliminary', date: '2024-06-28' }
const final: Review = { kind: 'final', date: '2024-12-27' }

describe('the next review', () => {
  it.each<[string, Review[], string, Review | undefined]>([
    ['is none when no date is set', [], '2024-05-01', undefined],
    ['is the earliest to come', [final, preliminary], '2024-05-01', preliminary],
    ['is still the same on its day', [preliminary, final], '2024-06-28', preliminary],
    ['is the next one the day after', [preliminary, final], '2024-06-29', final],
    ['stays the last one when all have passed', [preliminary, final], '2025-03-01', final],
    ['stays the only one after it has passed', [preliminary], '2024-07-15', preliminary],
    ['is the final one when only that is set', [final], '2024-05-01', final],
  ])('%s', (_, reviews, today, expected) => {
    expect(currentReview(reviews, today)).toEqual(expected)
    expect(currentReviewKind(reviews, today)).toBe(expected?.kind ?? 'preliminary')
  })
})

describe('a campaign', () => {
  it('numbers submissions with six digits, and with more when they run out', () => {
    expect(submissionNumber(campaign, 123)).toBe('TĐ-2024-000123')
    expect(submissionNumber(campaign, 1_234_567)).toBe('TĐ-2024-1234567')
  })

  it('finds criteria by their codes, with the group of each', () => {
    expect(criteriaOf(campaign)).toHaveLength(11)
    expect(criterionOf(campaign, 'b6')).toMatchObject({ code: 'b6', group: 'b' })
    expect(criterionOf(campaign, 'c1')).toBeUndefined()
  })
})
