import { describe, expect, it } from 'vitest'
import { isSendingTime } from '../../../src/core/calendar/sending-hours.js'
import { mondayToFriday } from '../../../src/core/calendar/working-day.js'
import type { Review } from '../../../src/core/campaign/review.js'
import { addDays, localDate } from '../../../src/core/date.js'
import { rungKey, rungOn, rungsOf, sendingsToCome } from '../../../src/core/reminder/ladder.js'
import { at, campaign, timeZone } from '../../example.js'

const { ladder } = campaign
/** A Friday. */
const review: Review = { kind: 'preliminary', date: '2024-06-28' }
const onSaturday: Review = { kind: 'preliminary', date: '2024-06-29' }

const due = (now: Date, planned: ReadonlySet<string> = new Set(), of: Review = review) =>
  isSendingTime(now, ladder, timeZone) ? rungOn(of, ladder, planned, localDate(now, timeZone)) : undefined
const offset = (now: Date, planned?: ReadonlySet<string>, of?: Review) => due(now, planned, of)?.rung.offset

/** Plans reminders and records them, as the store does: a rung that a reminder covers is not planned again. */
function campaignRun(of: Review = review) {
  const planned = new Set<string>()
  const sent: [number, string][] = []
  return {
    sent,
    planned,
    tick(date: string, time: string, moved: Review = of) {
      const found = due(at(date, time), planned, moved)
      if (!found) return
      sent.push([found.rung.offset, date])
      for (const rung of found.covers) planned.add(rungKey(rung))
    },
  }
}

describe('the ladder of reminders', () => {
  it('has its rungs 20, 10, 5, 2 and 1 working days before a review on a Friday, on the day, and 1, 3 and 5 after', () => {
    expect(rungsOf(review, ladder).map((r) => [r.offset, r.on])).toEqual([
      [-20, '2024-05-31'],
      [-10, '2024-06-14'],
      [-5, '2024-06-21'],
      [-2, '2024-06-26'],
      [-1, '2024-06-27'],
      [0, '2024-06-28'],
      [1, '2024-07-01'],
      [3, '2024-07-03'],
      [5, '2024-07-05'],
    ])
  })

  it('counts back from a review on a Saturday, and is late from Monday', () => {
    expect(rungsOf(onSaturday, ladder).map((r) => r.on)).toEqual([
      '2024-06-03',
      '2024-06-17',
      '2024-06-24',
      '2024-06-27',
      '2024-06-28',
      '2024-06-29',
      '2024-07-01',
      '2024-07-03',
      '2024-07-05',
    ])
  })

  it('follows the plan: other days, no reminder on the day', () => {
    const other = { ...ladder, workingDaysBefore: [3], onTheDay: false, workingDaysLate: [] }
    expect(rungsOf(review, other).map((r) => r.on)).toEqual(['2024-06-25'])
  })

  it('follows a calendar of holidays', () => {
    const noTuesday = (date: string) => date !== '2024-06-25' && mondayToFriday(date)
    expect(rungsOf(review, ladder, noTuesday).find((r) => r.offset === -5)?.on).toBe('2024-06-20')
  })
})

describe('a reminder', () => {
  it.each<[string, string, string, number | undefined]>([
    ['is not due before its first rung', '2024-05-30', '09:00', undefined],
    ['is not due a minute before eight', '2024-06-14', '07:59', -20],
    ['is due at eight', '2024-06-14', '08:00', -10],
    ['is still due at the end of the afternoon', '2024-06-14', '17:59', -10],
    ['is not sent from six in the evening on', '2024-06-14', '18:00', undefined],
    ['is not sent on a Saturday', '2024-06-15', '09:00', undefined],
    ['is not sent on a Sunday', '2024-06-16', '09:00', undefined],
    ['is sent on Monday when it was due on the weekend', '2024-06-17', '08:00', -10],
    ['is due on the day itself', '2024-06-28', '08:00', 0],
    ['is due on the working day after, as the first late one', '2024-07-01', '08:00', 1],
  ])('%s', (_, date, time, expected) => {
    // Nothing is sent before eight, so a rung that was due earlier waits too.
    expect(offset(at(date, time))).toBe(time < '08:00' ? undefined : expected)
  })

  it('is sent once, however often it is planned', () => {
    const run = campaignRun()
    for (let minute = 0; minute < 60; minute++) run.tick('2024-06-14', `08:${String(minute).padStart(2, '0')}`)
    run.tick('2024-06-14', '17:00')
    run.tick('2024-06-17', '08:00')
    expect(run.sent).toEqual([[-10, '2024-06-14']])
  })

  it('is sent on the day of each rung when the bot is always running', () => {
    const run = campaignRun()
    for (let day = 0; day < 90; day++)
      for (const time of ['00:00', '07:59', '08:00', '08:01', '18:00']) run.tick(addDays('2024-05-01', day), time)
    expect(run.sent).toEqual(rungsOf(review, ladder).map((r) => [r.offset, r.on]))
  })

  it('is sent once for all rungs that were due during downtime, as the latest one', () => {
    const run = campaignRun()
    run.tick('2024-05-31', '08:00')
    run.tick('2024-06-26', '10:00')
    run.tick('2024-06-26', '10:01')
    expect(run.sent).toEqual([
      [-20, '2024-05-31'],
      [-2, '2024-06-26'],
    ])
    expect(due(at('2024-06-26'))?.covers.map((r) => r.offset)).toEqual([-20, -10, -5, -2])
  })

  it('is sent the next morning when the downtime ends at night', () => {
    const run = campaignRun()
    run.tick('2024-06-14', '18:30')
    run.tick('2024-06-17', '07:00')
    expect(run.sent).toEqual([])
    run.tick('2024-06-17', '08:00')
    expect(run.sent).toEqual([[-10, '2024-06-17']])
  })

  it('is neither repeated nor lost when the clock is set back', () => {
    const run = campaignRun()
    run.tick('2024-06-21', '08:00')
    run.tick('2024-06-14', '08:00')
    run.tick('2024-05-31', '08:00')
    run.tick('2024-06-21', '08:00')
    run.tick('2024-06-26', '08:00')
    expect(run.sent).toEqual([
      [-5, '2024-06-21'],
      [-2, '2024-06-26'],
    ])
  })

  it('is not repeated when the clock is set forward and back again', () => {
    const run = campaignRun()
    run.tick('2024-06-28', '08:00')
    run.tick('2024-06-14', '08:00')
    run.tick('2024-06-28', '08:00')
    run.tick('2024-07-01', '08:00')
    expect(run.sent).toEqual([
      [0, '2024-06-28'],
      [1, '2024-07-01'],
    ])
  })

  it('has new rungs when the review is moved, and is not repeated when it is moved back', () => {
    const run = campaignRun()
    const later: Review = { kind: 'preliminary', date: '2024-07-26' }
    run.tick('2024-06-14', '08:00')
    run.tick('2024-06-17', '08:00', later)
    expect(run.sent).toEqual([[-10, '2024-06-14']])
    run.tick('2024-06-28', '08:00', later)
    run.tick('2024-06-28', '08:01', later)
    run.tick('2024-06-28', '08:02', review)
    run.tick('2024-06-28', '08:03', review)
    expect(run.sent.slice(1)).toEqual([
      [-20, '2024-06-28'],
      [0, '2024-06-28'],
    ])
  })

  it('is sent once immediately when the review is moved nearer', () => {
    const run = campaignRun()
    const nearer: Review = { kind: 'preliminary', date: '2024-06-19' }
    run.tick('2024-06-14', '08:00')
    run.tick('2024-06-14', '09:00', nearer)
    run.tick('2024-06-14', '09:01', nearer)
    expect(run.sent).toEqual([
      [-10, '2024-06-14'],
      [-5, '2024-06-14'],
    ])
  })

  it('of the preliminary review does not cover the final one', () => {
    const run = campaignRun()
    run.tick('2024-06-28', '08:00')
    run.tick('2024-06-28', '08:01', { kind: 'final', date: '2024-06-28' })
    expect(run.sent).toHaveLength(2)
  })

  it('of a late rung is not sent a month later', () => {
    expect(offset(at('2024-08-02', '08:00'))).toBe(5)
    expect(offset(at('2024-08-05', '08:00'))).toBeUndefined()
    expect(offset(at('2026-11-23', '08:00'))).toBeUndefined()
  })

  it('of a review on a Saturday is sent on Friday, and the first late one on Monday', () => {
    const run = campaignRun(onSaturday)
    for (let day = 0; day < 10; day++) run.tick(addDays('2024-06-27', day), '08:00')
    expect(run.sent).toEqual([
      [-2, '2024-06-27'],
      [-1, '2024-06-28'],
      [1, '2024-07-01'],
      [3, '2024-07-03'],
      [5, '2024-07-05'],
    ])
  })
})

describe('the upcoming reminders', () => {
  const toCome = (now: Date, planned: ReadonlySet<string> = new Set(), of: Review[] = [review]) =>
    of.flatMap((r) => sendingsToCome(r, ladder, planned, now, timeZone).map(({ day }) => day)).sort()

  it('are the unsent ones of every review, in order', () => {
    const final: Review = { kind: 'final', date: '2024-07-02' }
    expect(toCome(at('2024-06-27', '07:59'), new Set(), [final, review])).toEqual([
      '2024-06-27',
      // A rung that is overdue is sent at the first opportunity.
      '2024-06-27',
      '2024-06-28',
      '2024-06-28',
      '2024-07-01',
      '2024-07-01',
      '2024-07-02',
      '2024-07-03',
      '2024-07-03',
      '2024-07-05',
      '2024-07-05',
      '2024-07-09',
    ])
    expect(toCome(at('2024-07-01', '08:00'))).toEqual(['2024-07-01', '2024-07-03', '2024-07-05'])
    expect(toCome(at('2024-07-01', '18:00'))).toEqual(['2024-07-02', '2024-07-03', '2024-07-05'])
  })

  it('exclude sent ones and days without sending', () => {
    const sent = new Set([rungKey({ kind: 'preliminary', reviewDate: review.date, offset: 0 })])
    const late = ['2024-07-01', '2024-07-03', '2024-07-05']
    expect(toCome(at('2024-06-27', '09:00'), sent)).toEqual(['2024-06-27', ...late])
    expect(toCome(at('2024-06-28', '09:00'), new Set(), [onSaturday])).toEqual(['2024-06-28', ...late])
  })

  it.each(['2024-06-26', '2024-06-27', '2024-06-28', '2024-06-29', '2024-06-30'])(
    'are each due at exactly the announced minute, for a review on %s',
    (date) => {
      const of: Review = { kind: 'final', date }
      const upcoming = sendingsToCome(of, ladder, new Set(), at('2024-05-01'), timeZone)
      expect(upcoming.length).toBeGreaterThan(5)
      for (const { rung, day } of upcoming) expect(offset(at(day, ladder.at), new Set(), of)).toBe(rung.offset)
    },
  )
})
