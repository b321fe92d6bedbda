import { localTime } from '../../core/date.js'
import type { SnoozeState } from '../../core/queries/reminder/message.js'
import type { ReminderPart } from '../../core/queries/reminder/parts.js'
import { showInstant } from '../../text/index.js'
import { vi } from '../../text/vi.js'
import { block, when } from '../blocks.js'
import type { ChatLimits } from '../chat.js'
import type { Block, Button, Select } from '../ui.js'

const { reminder: t } = vi

/** What can be done about a reminder as a whole: snooze it, hand work over. `suffix`: what its buttons carry. */
export function reminderActions(
  suffix: string,
  owed: readonly ReminderPart[],
  { until, offers }: SnoozeState,
  { timeZone, limits }: { timeZone: string; limits: ChatLimits },
): Block[] {
  const give: Button[] = owed.some((p) => p.leads && p.missing.length > 0)
    ? [{ label: t.handOver, action: 'handover', value: { k: suffix } }]
    : []
  if (until)
    return [
      block.item(t.snoozed(showInstant(until, timeZone)), [
        { label: t.snoozeBack, action: 'reminder.snooze_back', value: {} },
      ]),
      ...when(give.length > 0, () => block.buttons(give)),
    ]
  const select: Select = {
    placeholder: t.later,
    action: 'reminder.snooze',
    options: [
      ...offers.map(({ when, at, isNextDay }) => ({
        label: t.snooze(when, localTime(at, timeZone), isNextDay),
        value: { k: suffix, w: when as string },
      })),
      ...(owed.some((p) => p.leads) ? [{ label: t.wish, value: { k: suffix, w: 'wish' } }] : []),
    ],
  }
  const fits = select.options.every((o) => JSON.stringify(o.value).length <= limits.optionValue)
  return fits ? [block.choices([select], give)] : [block.buttons(give)]
}
