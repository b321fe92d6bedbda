import { calendarOf } from '../../core/calendar/holiday-calendar.js'
import { localDate } from '../../core/date.js'
import { personName } from '../../core/queries/people/person-name.js'
import { isUnneeded, repeatedOn, snoozeState } from '../../core/queries/reminder/message.js'
import {
  isOwed,
  type MissingCell,
  missingCells,
  owedReviews,
  type ReminderPart,
  reminderParts,
} from '../../core/queries/reminder/parts.js'
import { suffixOf } from '../../core/reminder/snooze.js'
import type { Notice } from '../notices/notice.js'
import { payloadOf } from '../notices/payloads.js'
import type { Card } from '../ui.js'
import { endedCard, reminderCard, repeatedCard } from './card.js'
import { layoutOf } from './layout.js'

/**
 * Reminds a person of what units owe now; updated until nothing is owed any more. Null where the reminder was not sent yet
 * and is not needed.
 */
export async function reminderNotice(notice: Notice): Promise<Card | null> {
  const { tx, message, now, timeZone, limits } = notice
  const { workspaceId, personId } = message
  const payload = payloadOf('reminder', message)
  const { items, givenBy } = payload
  const isSent = message.ts !== null
  const today = localDate(now, timeZone)
  const parts = await reminderParts(tx, message, items, today)
  const owed = parts.filter(isOwed)
  const giverName = async () => (givenBy ? await personName(tx, workspaceId, givenBy) : undefined)
  if (owed.length === 0) return isSent && parts.length > 0 ? endedCard(parts, await giverName()) : null
  if (!isSent && (await isUnneeded(tx, message, owed, now))) return null
  // An update counts days from the day of sending, so that it does not look like another reminder.
  const on = !isSent && today > payload.on ? today : payload.on
  const reviews = owedReviews(owed, on, await calendarOf(tx, workspaceId))
  const repeated = isSent ? await repeatedOn(tx, message, owed, now) : undefined
  if (repeated !== undefined) return repeatedCard(reviews, repeated)
  const layout = layoutOf(reviews, limits.messageBlocks)
  const cells = new Map<ReminderPart, MissingCell[]>()
  for (const part of layout.full) cells.set(part, await missingCells(tx, part, personId))
  const campaigns = [...new Set(owed.map((p) => p.campaign))]
  return reminderCard(
    {
      suffix: suffixOf(message),
      by: payload,
      giverName: await giverName(),
      parts,
      reviews,
      layout,
      cells,
      snooze: await snoozeState(tx, message, items, campaigns, notice),
    },
    notice,
  )
}
