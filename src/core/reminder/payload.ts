import { z } from 'zod'
import { reviewKinds } from '../campaign/review.js'

const id = z.string()
const date = z.iso.date()
const kind = z.enum(reviewKinds)

/** One review of one campaign, with the person's units that owe something for it. */
const item = z.object({ campaignId: id, kind, reviewDate: date, units: z.array(id) })
export type ReminderItem = z.infer<typeof item>

const payload = z.object({
  /** The day it was sent for. Days are counted from it, also in later updates. */
  on: date,
  items: z.array(item).readonly(),
  /** Name of the person who sent it manually; absent for a scheduled reminder. */
  by: z.string().optional(),
  /** The role in which they did. */
  byRole: z.enum(['command_board', 'org_office']).optional(),
  /** Name of the head who handed this work over. */
  givenBy: z.string().optional(),
})

export type ReminderPayload = z.infer<typeof payload>

/** Also accepts the older format of one review per message, which stored rows may have. */
export const reminderPayload = z.union([
  payload,
  item.extend({ on: date }).transform(({ on, ...one }): ReminderPayload => ({ on, items: [one] })),
])

/** Merges two lists; each unit is named once per review. */
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

/** Whether `a` contains everything in `b`. */
export const covers = (a: readonly ReminderItem[], b: readonly ReminderItem[]): boolean =>
  b.every((one) => {
    const same = a.find(
      (i) => i.campaignId === one.campaignId && i.kind === one.kind && i.reviewDate === one.reviewDate,
    )
    return same !== undefined && one.units.every((u) => same.units.includes(u))
  })
