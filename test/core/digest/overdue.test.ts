import { describe, expect, it } from 'vitest'
import { nextSendingTime } from '../../../src/core/calendar/sending-hours.js'
import { mondayToFriday } from '../../../src/core/calendar/working-day.js'
import type { Review } from '../../../src/core/campaign/review.js'
import { imminentReviews, overdueReviewsOn } from '../../../src/core/campaign/review.js'
import { at, campaign, timeZone } from '../../example.js'

/** A Friday; a Monday after a holiday would be the second of its week. */
const reviews: Review[] = [
  { kind: 'final', date: '2024-07-02' },
  { kind: 'preliminary', date: '2024-06-28' },
]
const noMonday = (date: string) => date !== '2024-07-01' && mondayToFriday(date)

describe('a review', () => {
  it.each<[string, string, string[]]>([
    ['is not late on its own day', '2024-06-28', []],
    ['is late from the day after', '2024-06-29', ['preliminary']],
    ['is late together with another, ordered by date', '2024-07-03', ['preliminary', 'final']],
    ['is reported for twenty working days', '2024-07-26', ['preliminary', 'final']],
    ['is not reported after twenty working days', '2024-07-29', ['final']],
    ['is not reported after twenty working days, like the other', '2024-08-01', []],
  ])('%s', (_, today, kinds) => {
    expect(overdueReviewsOn(reviews, today).map((r) => r.kind)).toEqual(kinds)
  })

  it.each<[string, string, string[]]>([
    ['is not imminent two working days before', '2024-06-26', []],
    ['is imminent on the working day before', '2024-06-27', ['preliminary']],
    ['is imminent on its day', '2024-06-28', ['preliminary']],
    ['is not imminent after its day', '2024-06-29', []],
    ['on a Tuesday is imminent on Monday', '2024-07-01', ['final']],
  ])('%s', (_, today, kinds) => {
    expect(imminentReviews(reviews, today).map((r) => r.kind)).toEqual(kinds)
  })

  it('on the day after a holiday is imminent before the holiday', () => {
    expect(imminentReviews(reviews, '2024-06-28', noMonday).map((r) => r.kind)).toEqual(['final', 'preliminary'])
  })
})

it.each<[string, string, string, string]>([
  ['in the evening waits for the next morning', '2024-06-27', '18:00', '2024-06-28T01:00'],
  ['before eight waits for eight', '2024-06-28', '06:30', '2024-06-28T01:00'],
  ['on Friday evening waits over the weekend and the holiday', '2024-06-28', '19:00', '2024-07-02T01:00'],
])('a message %s', (_, date, time, instant) => {
  expect(nextSendingTime(at(date, time), campaign.ladder, timeZone, noMonday).toISOString()).toBe(`${instant}:00.000Z`)
})
