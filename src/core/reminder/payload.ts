import { z } from 'zod'
import { reviewKinds } from '../campaign/review.js'

const id = z.string()
const date = z.iso.date()
const kind = z.enum(reviewKinds)

/** One review of one campaign, with the units of the person's that owe something for it. */
const item = z.object({ campaignId: id, kind, reviewDate: date, units: z.array(id) })
export type ReminderItem = z.infer<typeof item>

const payload = z.object({
  /** The day that it was sent for: days are counted from it, also when it is brought up to date later. */
  on: date,
  items: z.array(item).readonly(),
  /** Who reminded by hand; it was nobody where the calendar did. */
  by: z.string().optional(),
  /** As what they did. */
  byRole: z.enum(['command_board', 'org_office']).optional(),
  /** The head who gave this part to the person. */
  givenBy: z.string().optional(),
})
export type ReminderPayload = z.infer<typeof payload>

/** Also as it was written before several reviews were folded into one message. */
export const reminderPayload = z.union([
  payload,
  item.extend({ on: date }).transform(({ on, ...one }): ReminderPayload => ({ on, items: [one] })),
])

/** Both lists as one: a unit is named once for each review. */
export function mergeItems(a: readonly ReminderItem[], b: readonly ReminderItem[]): ReminderItem[] {
  const merged = a.map((one) => ({ ...one, units: [...one.units] }))
  for (const other of b) {
    const same = merged.find(
      (m) => m.campaignId === other.campaignId && m.kind === other.kind && m.reviewDate === other.reviewDate,
    )
    if (same) same.units.push(...other.units.filter((u) => !same.units.includes(u)))
    else merged.push({ ...other, units: [...other.units] })
  }
  return merged
}

/** Whether all that `b` is about is in `a`, too. */
export const covers = (a: readonly ReminderItem[], b: readonly ReminderItem[]): boolean =>
  b.every((one) => {
    const same = a.find(
      (i) => i.campaignId === one.campaignId && i.kind === one.kind && i.reviewDate === one.reviewDate,
    )
    return same !== undefined && one.units.every((u) => same.units.includes(u))
  })
