import { countsOf } from '../../core/calendar/holiday-table.js'
import { showInstant } from '../../text/index.js'
import { plainText } from '../../text/rich.js'
import { vi } from '../../text/vi.js'
import { block } from '../blocks.js'
import type { Notice } from '../notices/notice.js'
import { payloadOf } from '../notices/payloads.js'
import type { Card } from '../ui.js'
import { openYear, runBlocks, yearOf } from './holiday-card.js'

const { holiday: t, common } = vi

/** Next year's table as the bot proposes it; once somebody took it over, that and nothing else. */
export async function holidayNotice({ tx, message, timeZone }: Notice): Promise<Card | null> {
  const { year } = payloadOf('holidays', message)
  const { days, saved, by } = await yearOf(tx, message.workspaceId, year)
  if (!saved) {
    return {
      summary: t.noticeSummary(year),
      blocks: [
        block.text(t.notice(year, countsOf(days))),
        ...runBlocks(days),
        block.buttons([
          openYear(common.open, year),
          { label: t.use, action: 'holiday.use', value: { year, seen: '' }, style: 'primary' },
        ]),
      ],
    }
  }
  // Taken over before it was ever sent: nobody needs it.
  if (message.ts === null) return null
  const text = t.noticeDone(year, by, showInstant(saved.at, timeZone))
  return { summary: plainText(text), blocks: [block.item(text, [openYear(common.open, year)])] }
}
