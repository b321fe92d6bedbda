import { localTime } from '../../core/date.js'
import { covers, type ReminderPayload } from '../../core/reminder/payload.js'
import { newerThan, sentReminders } from '../../core/reminder/sent.js'
import { snoozeHours, suffixOf, waitingSnooze } from '../../core/reminder/snooze.js'
import { snoozeOffers } from '../../core/reminder/snooze-time.js'
import { showInstant } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import type { Notice } from '../notices/notice.js'
import type { Block, Button, Select } from '../ui.js'
import type { ReminderPart } from './part.js'

const { reminder: t } = vi

/** What can be done about a reminder as a whole: be reminded later, give it to a colleague. */
export async function footBlocks(
  { tx, message, now, timeZone, limits }: Notice,
  payload: ReminderPayload,
  owed: readonly ReminderPart[],
): Promise<Block[]> {
  const k = suffixOf(message)
  const leads = owed.some((p) => p.leads)
  const give: Button[] = owed.some((p) => p.leads && p.missing.length > 0)
    ? [{ label: t.give, action: 'handover', value: { k } }]
    : []
  const snoozed = await waitingSnooze(tx, message.personId)
  if (snoozed && snoozed.key !== message.key && covers(snoozed.items, payload.items))
    return [
      block.item(t.snoozed(showInstant(snoozed.until, timeZone)), [
        { label: t.snoozeBack, action: 'reminder.snooze_back', value: {} },
      ]),
      ...when(give.length > 0, () => block.buttons(give)),
    ]
  const hours = await snoozeHours(tx, { ...message, timeZone }, [...new Set(owed.map((p) => p.campaign))])
  const offers = snoozeOffers(now, hours).map(({ when, at, isNextDay }) => ({
    label: t.snooze(when, localTime(at, timeZone), isNextDay),
    value: { k, w: when as string },
  }))
  const select: Select = {
    placeholder: t.later,
    action: 'reminder.snooze',
    options: [...offers, ...(leads ? [{ label: t.wish, value: { k, w: 'wish' } }] : [])],
  }
  const fits = select.options.every((o) => JSON.stringify(o.value).length <= limits.optionValue)
  return fits ? [block.choices([select], give)] : [block.buttons(give)]
}

/** The day for which the same was said again further down in the chat; that message is the one to act on. */
export async function saidAgainOn(
  { tx, message, now }: Notice,
  { items }: ReminderPayload,
): Promise<string | undefined> {
  if (message.ts === null) return undefined
  return newerThan(await sentReminders(tx, message.personId, now), { createdAt: message.createdAt, items })?.on
}
