import { holidayYear } from '../../core/queries/calendar/holiday-year.js'
import type { Notice } from '../notices/notice.js'
import { payloadOf } from '../notices/payloads.js'
import type { Card } from '../ui.js'
import { holidayNoticeCard } from './holiday-notice-card.js'

/** Proposes the holidays of next year; null where they were saved before the message was sent. */
export async function holidayNotice({ tx, message, timeZone }: Notice): Promise<Card | null> {
  const shown = await holidayYear(tx, message.workspaceId, payloadOf('holidays', message).year)
  return shown.saved && message.ts === null ? null : holidayNoticeCard(shown, timeZone)
}
