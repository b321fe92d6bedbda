import { countsOf } from '../../core/calendar/holiday-table.js'
import type { HolidayYear } from '../../core/queries/calendar/holiday-year.js'
import { showInstant } from '../../text/index.js'
import { plainText } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { block } from '../blocks.js'
import type { Card } from '../ui.js'
import { runBlocks, savedByName, shownDays, yearButton } from './holiday-card.js'

const { holiday: t, common } = vi

/** Proposes the holidays of next year; once somebody has saved them, only reports that. */
export function holidayNoticeCard(shown: HolidayYear, timeZone: string): Card {
  const { year, saved } = shown
  const open = yearButton(common.open, year)
  if (saved) {
    const text = t.noticeDone(year, savedByName(shown), showInstant(saved.at, timeZone))
    return { summary: plainText(text), blocks: [block.item(text, [open])] }
  }
  const days = shownDays(shown)
  return {
    summary: t.noticeSummary(year),
    blocks: [
      block.text(t.notice(year, countsOf(days))),
      ...runBlocks(days),
      block.buttons([open, { label: t.use, action: 'holiday.use', value: { year, seen: '' }, style: 'primary' }]),
    ],
  }
}
