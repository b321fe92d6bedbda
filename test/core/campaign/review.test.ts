import { describe, expect, it } from 'vitest'
import {
  currentReview,
  currentReviewKind,
  openKinds,
  overdueReviewsOn,
  type Review,
  reviewsInView,
  reviewsToClose,
} from '../../../src/core/campaign/review.js'

const preliminary: Review = { kind: 'preliminary', date: '2024-06-28' }
const final: Review = { kind: 'final', date: '2024-12-27' }
const both = [preliminary, final]
const closed = (review: Review): Review => ({ ...review, closed: { id: 'c', at: new Date(), byId: 'board' } })

describe('the leading review', () => {
  it.each<[string, Review[], string, Review | undefined]>([
    ['is none when no date is set', [], '2024-05-01', undefined],
    ['is the earliest to come', [final, preliminary], '2024-05-01', preliminary],
    ['is still the same on its day', both, '2024-06-28', preliminary],
    ['is still the same the day after, as it is not closed', both, '2024-06-29', preliminary],
    ['is still the same twenty working days later', both, '2024-07-26', preliminary],
    ['is the next one after that', both, '2024-07-29', final],
    ['is the next one as soon as the first is closed', [closed(preliminary), final], '2024-06-28', final],
    ['stays the last one when all have passed', both, '2025-03-01', final],
    ['stays the last one when all are closed', [closed(preliminary), closed(final)], '2025-01-03', closed(final)],
    ['stays the only one after it has passed', [preliminary], '2024-09-15', preliminary],
    ['is the final one when only that is set', [final], '2024-05-01', final],
  ])('%s', (_, reviews, today, expected) => {
    expect(currentReview(reviews, today)).toMatchObject(expected ? { date: expected.date } : {})
    expect(currentReview(reviews, today)?.kind).toBe(expected?.kind)
    expect(currentReviewKind(reviews, today)).toBe(expected?.kind ?? 'preliminary')
  })

  it('has the next one beside it, and those that stopped leading without being closed', () => {
    expect(reviewsInView(both, '2024-07-01')).toEqual({ leading: preliminary, next: final, lapsed: [] })
    expect(reviewsInView(both, '2024-08-01')).toEqual({ leading: final, next: undefined, lapsed: [preliminary] })
    expect(reviewsInView([closed(preliminary), final], '2024-08-01')).toMatchObject({ leading: final, lapsed: [] })
    expect(reviewsInView([preliminary], '2024-09-15')).toEqual({ leading: preliminary, next: undefined, lapsed: [] })
  })
})

describe('a closed review', () => {
  it('is not overdue, and its kind is not open', () => {
    expect(overdueReviewsOn(both, '2024-07-01')).toEqual([preliminary])
    expect(overdueReviewsOn([closed(preliminary), final], '2024-07-01')).toEqual([])
    expect(openKinds([closed(preliminary), final])).toEqual(['final'])
    expect(openKinds([])).toEqual(['preliminary', 'final'])
  })

  it.each<[string, string, number]>([
    ['not on the day of the last late rung', '2024-07-05', 0],
    ['from the day after', '2024-07-06', 1],
    ['still weeks later', '2024-09-01', 1],
  ])('is asked for %s', (_, today, count) => {
    expect(reviewsToClose(both, today, [1, 3, 5])).toHaveLength(count)
    expect(reviewsToClose([closed(preliminary), final], today, [1, 3, 5])).toEqual([])
  })

  it('is asked for from the day after a review without late rungs', () => {
    expect(reviewsToClose(both, '2024-06-28', [])).toEqual([])
    expect(reviewsToClose(both, '2024-06-29', [])).toEqual([preliminary])
  })
})
