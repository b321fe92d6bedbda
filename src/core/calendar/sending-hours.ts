import { addDays, instantAt, localTime } from '../date.js'
import { type Message, quietKinds } from '../outbox/outbox.js'
import { type Calendar, mondayToFriday } from './working-day.js'

/** The hours (HH:mm) of a working day in which messages may be sent: from `at` until just before `until`. */
export interface SendingHours {
  at: string
  until: string
}

/** Longest search for a working day, in days, so that a calendar without any cannot block messages for ever. */
const LOOK_AHEAD = 60

/** Whether a message is sent only within sending hours, even when a person's action at night caused it. */
export const isQuiet = ({ kind }: Pick<Message, 'kind'>): boolean => quietKinds.includes(kind)

/** When a message may be sent: `now` within sending hours, else at their next start. */
export function nextSendingTime(
  now: Date,
  hours: SendingHours,
  timeZone: string,
  isWorkingDay: Calendar = mondayToFriday,
): Date {
  if (isSendingTime(now, hours, timeZone, isWorkingDay)) return now
  const today = localTime(now, timeZone)
  let date = today.time < hours.at ? today.date : addDays(today.date, 1)
  for (let left = LOOK_AHEAD; left > 0 && !isWorkingDay(date); left--) date = addDays(date, 1)
  return instantAt(date, hours.at, timeZone)
}

/** Whether it is a working day and within sending hours. */
export function isSendingTime(
  now: Date,
  hours: SendingHours,
  timeZone: string,
  isWorkingDay: Calendar = mondayToFriday,
): boolean {
  const { date, time } = localTime(now, timeZone)
  return isWorkingDay(date) && time >= hours.at && time < hours.until
}
