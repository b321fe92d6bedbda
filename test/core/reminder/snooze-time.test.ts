import { describe, expect, it } from 'vitest'
import { mondayToFriday } from '../../../src/core/calendar/working-day.js'
import { localTime } from '../../../src/core/date.js'
import { type SnoozeHours, type SnoozeWhen, snoozeOffers, snoozeTime } from '../../../src/core/reminder/snooze-time.js'
import { at, timeZone } from '../../example.js'

/** 14/06/2024 is a Friday; in some cases Monday the 17th is a holiday. */
const hours = (some: Partial<SnoozeHours> = {}): SnoozeHours => ({
  at: '08:00',
  until: '18:00',
  timeZone,
  isWorkingDay: mondayToFriday,
  ownHour: () => '08:00',
  ...some,
})
const holiday = hours({ isWorkingDay: (d) => d !== '2024-06-17' && mondayToFriday(d) })
const show = (instant: Date) => {
  const { date, time } = localTime(instant, timeZone)
  return `${date.slice(8)} ${time}`
}

describe('a snoozed reminder is repeated', () => {
  it.each<[string, SnoozeWhen, string, string, string, boolean, SnoozeHours?]>([
    ['after an hour', 'hour', '14', '08:20', '14 09:20', true],
    ['after an hour, still before the end of the day', 'hour', '14', '16:59', '14 17:59', true],
    [
      'after an hour, or the next morning when that is after the end of the day',
      'hour',
      '13',
      '17:00',
      '14 08:00',
      false,
    ],
    ['the next morning when it is evening', 'hour', '13', '20:00', '14 08:00', false],
    ['at the first hour of the day when it is night', 'hour', '14', '05:00', '14 08:00', false],
    ['the next morning when it is shortly before midnight', 'hour', '12', '23:30', '13 08:00', false],
    ['on Monday when it is Saturday', 'hour', '15', '09:00', '17 08:00', false],
    ['on the next day when it is a holiday', 'hour', '17', '09:00', '18 08:00', false, holiday],
    ['this afternoon', 'afternoon', '14', '13:29', '14 14:00', true],
    ['after an hour when it is afternoon already', 'afternoon', '14', '13:30', '14 14:30', false],
    ['the next morning when the afternoon is over', 'afternoon', '13', '17:30', '14 08:00', false],
    ['on Monday when the afternoon is that of a Sunday', 'afternoon', '16', '09:00', '17 08:00', false],
    [
      'the next day when sending hours end before the afternoon',
      'afternoon',
      '13',
      '09:00',
      '13 10:00',
      false,
      hours({ until: '12:00' }),
    ],
    ['tomorrow', 'tomorrow', '13', '09:00', '14 08:00', true],
    ['tomorrow at the preferred hour', 'tomorrow', '13', '09:00', '14 10:00', true, hours({ ownHour: () => '10:00' })],
    [
      'tomorrow at the ladder’s hour when the preferred one is outside sending hours',
      'tomorrow',
      '13',
      '09:00',
      '14 08:00',
      true,
      hours({ ownHour: () => '19:00' }),
    ],
    ['on Monday when it is Friday', 'tomorrow', '14', '09:00', '17 08:00', true],
    ['on Tuesday when it is Friday and Monday is a holiday', 'tomorrow', '14', '09:00', '18 08:00', true, holiday],
  ])('%s', (_, when, day, time, expected, isRequested, of = hours()) => {
    const found = snoozeTime(when, at(`2024-06-${day}`, time), of)
    expect([show(found.at), found.isRequested]).toEqual([expected, isRequested])
  })

  it('always on a working day, within sending hours and later than now', () => {
    for (let ms = at('2024-06-13', '00:07').getTime(); ms < at('2024-06-20').getTime(); ms += 13 * 60_000)
      for (const when of ['hour', 'afternoon', 'tomorrow'] as const) {
        const found = snoozeTime(when, new Date(ms), holiday)
        const { date, time } = localTime(found.at, timeZone)
        expect(holiday.isWorkingDay(date) && time >= '08:00' && time < '18:00', `${when} ${date} ${time}`).toBe(true)
        expect(found.at.getTime()).toBeGreaterThan(ms)
      }
  })

  it.each<[string, string, SnoozeWhen[]]>([
    ['14', '08:00', ['hour', 'afternoon', 'tomorrow']],
    ['14', '13:00', ['hour', 'tomorrow']],
    ['14', '16:00', ['hour', 'tomorrow']],
    ['14', '17:30', ['tomorrow']],
    ['15', '09:00', ['tomorrow']],
  ])('offers on the %sth at %s are %j', (day, time, whens) => {
    expect(snoozeOffers(at(`2024-06-${day}`, time), hours()).map((o) => o.when)).toEqual(whens)
  })

  it('an offer tells whether it is on the next day', () => {
    const next = (day: string) =>
      snoozeOffers(at(`2024-06-${day}`), hours()).find((o) => o.when === 'tomorrow')?.isNextDay
    expect([next('13'), next('14')]).toEqual([true, false])
  })
})
