import { type CalendarEvent, calendarText } from '../../core/calendar/ics.js'
import type { CalendarFileData } from '../../core/queries/calendar/calendar-file.js'
import type { Rung } from '../../core/reminder/ladder.js'
import { vi } from '../../text/vi.js'
import type { OutgoingFile } from '../chat.js'

const { calendar: t } = vi

/** A review is a whole day, which begins at midnight: 8:00 a week and a day before, and 7:30 on the day. */
const ALARMS = ['-P6DT16H', '-PT16H', 'PT7H30M']

/** Makes the calendar file of a campaign, an event for each review and reminder, and the comment that it is sent with. */
export function calendarFile(
  { campaign, reviews, own, rungs }: CalendarFileData,
  now: Date,
): { comment: string; files: OutgoingFile[] } {
  const description = t.file.about(campaign.number, campaign.title)
  const uid = (what: string) => `${campaign.id}-${what}@thidua`
  const events = new Map<string, CalendarEvent>()
  // One rung may be sent at several hours: its first event is kept.
  const add = (event: CalendarEvent) => events.has(event.uid) || events.set(event.uid, event)
  const addRung = ({ kind, offset }: Rung, start: Date, whose: 'own' | 'all') =>
    add({ uid: uid(`${kind}-${whose}-${offset}`), summary: t.file.reminder(kind, offset, whose), description, start })
  for (const { kind, date } of reviews)
    add({
      uid: uid(`${kind}-review`),
      summary: t.file.review(kind, campaign.number),
      description,
      start: date,
      alarms: ALARMS,
    })
  for (const { rung, at } of own) addRung(rung, at, 'own')
  for (const { rung, at } of rungs) addRung(rung, at, 'all')
  const text = calendarText(t.file.name(campaign.number), [...events.values()], now)
  const file = { name: `thidua-${campaign.code}.ics`, bytes: new TextEncoder().encode(text) }
  return { comment: t.file.comment(campaign.number), files: [file] }
}
