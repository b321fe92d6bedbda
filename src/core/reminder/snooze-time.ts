import { type Calendar, shiftWorkingDays } from '../calendar/working-day.js'
import type { Ladder } from '../campaign/campaign.js'
import { addDays, instantAt, localTime } from '../date.js'

/**
 * How long a reminder can be snoozed: an hour, until this afternoon, until the next working day at the person's own
 * hour.
 */
export const snoozeWhens = ['hour', 'afternoon', 'tomorrow'] as const
export type SnoozeWhen = (typeof snoozeWhens)[number]

/** The limits of a snooze. Hours are HH:mm in the time zone; `ownHour`: when the person is reminded on a date. */
export interface SnoozeHours extends Pick<Ladder, 'at' | 'until'> {
  timeZone: string
  isWorkingDay: Calendar
  ownHour(date: string): string
}

const HOUR_MS = 3_600_000
const AFTERNOON = '14:00'

/** After this time the afternoon is no longer offered: it would be hardly later than now. */
const AFTERNOON_BEFORE = '13:30'

const minute = (at: Date): Date => new Date(Math.floor(at.getTime() / 60_000) * 60_000)

/** The requested instant; undefined where it lies outside the hours or days on which anything is sent. */
function asRequested(when: SnoozeWhen, now: Date, h: SnoozeHours): Date | undefined {
  const { date, time } = localTime(now, h.timeZone)
  if (when === 'tomorrow') return nextMorning(date, h)
  if (when === 'afternoon' && time >= AFTERNOON_BEFORE) return undefined
  const at = when === 'hour' ? minute(new Date(now.getTime() + HOUR_MS)) : instantAt(date, AFTERNOON, h.timeZone)
  const then = localTime(at, h.timeZone)
  return then.date === date && h.isWorkingDay(date) && then.time >= h.at && then.time < h.until ? at : undefined
}

function nextMorning(date: string, h: SnoozeHours): Date {
  const next = shiftWorkingDays(date, 1, h.isWorkingDay)
  const own = h.ownHour(next)
  return instantAt(next, own >= h.at && own < h.until ? own : h.at, h.timeZone)
}

/**
 * When a reminder snoozed now is sent again, always on a working day within the ladder's hours. `isRequested` false: the
 * requested time is not possible, and this is the nearest that is.
 */
export function snoozeTime(when: SnoozeWhen, now: Date, h: SnoozeHours): { at: Date; isRequested: boolean } {
  const at = asRequested(when, now, h)
  if (at) return { at, isRequested: true }
  const hour = asRequested('hour', now, h)
  if (hour) return { at: hour, isRequested: false }
  const { date, time } = localTime(new Date(now.getTime() + HOUR_MS), h.timeZone)
  // Before the first hour of a working day, that hour is nearer than the next day's.
  const isEarly = h.isWorkingDay(date) && time < h.at
  return {
    at: isEarly ? instantAt(date, h.at, h.timeZone) : nextMorning(localTime(now, h.timeZone).date, h),
    isRequested: false,
  }
}

/** The choices that make sense now, each with its instant and whether that is on the next day; no instant twice. */
export function snoozeOffers(now: Date, h: SnoozeHours): { when: SnoozeWhen; at: Date; isNextDay: boolean }[] {
  const nextDay = addDays(localTime(now, h.timeZone).date, 1)
  const offers: { when: SnoozeWhen; at: Date; isNextDay: boolean }[] = []
  for (const when of snoozeWhens) {
    const at = asRequested(when, now, h)
    if (at && !offers.some((o) => o.at.getTime() === at.getTime()))
      offers.push({ when, at, isNextDay: localTime(at, h.timeZone).date === nextDay })
  }
  return offers
}
