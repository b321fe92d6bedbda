import { addDays, instantAt, localTime } from '../date.js'
import { type Message, quietKinds } from '../outbox/outbox.js'
import { type Calendar, mondayToFriday } from './working-day.js'

/** The hours of a working day in which messages may go out, `HH:MM`: from `at` until just before `until`. */
export interface SendingHours {
  at: string
  until: string
}

/** Days that are looked through for a working day; a calendar without one in so many holds nothing up for ever. */
const LOOK_AHEAD = 60

/** Whether a message keeps to the working hours: also who is reminded by hand, or given a part, at night. */
export const isQuiet = ({ kind }: Pick<Message, 'kind'>): boolean => quietKinds.includes(kind)

/** From when on a message that nobody asked for may go out: `now` within the ladder's hours, else when they begin next. */
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
/** Whether messages may go out now: a working day, between the ladder's hours. */
export function isSendingTime(
  now: Date,
  hours: SendingHours,
  timeZone: string,
  isWorkingDay: Calendar = mondayToFriday,
): boolean {
  const { date, time } = localTime(now, timeZone)
  return isWorkingDay(date) && time >= hours.at && time < hours.until
}
