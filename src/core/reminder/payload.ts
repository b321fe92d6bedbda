import { z } from 'zod'
import { reviewKinds } from '../campaign/review.js'

const id = z.string()
const date = z.iso.date()
const kind = z.enum(reviewKinds)

/**
 * One review of one campaign, with the person's units that owe something for it. `reviewDate`: as it was planned; a message
 * shows the date that the review has. `rung`: working days from the review, the latest of all units; absent for a reminder
 * of no rung, and in older rows.
 */
const item = z.object({ campaignId: id, kind, reviewDate: date, units: z.array(id), rung: z.number().int().optional() })
export type ReminderItem = z.infer<typeof item>

const payload = z.object({
  /** The day it was sent for. Days are counted from it, also in later updates. */
  on: date,
  // Older rows may name one review twice, by two dates.
  items: z.array(item).transform((items): readonly ReminderItem[] => mergeItems([], items)),
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

type OfReview = Pick<ReminderItem, 'campaignId' | 'kind'>

/** Whether two items are about one review, whatever date it had. */
const isSameReview = (a: OfReview, b: OfReview): boolean => a.campaignId === b.campaignId && a.kind === b.kind

/** Merges two lists; each review is named once, with the date that `b` names, and each unit once per review. */
export function mergeItems(a: readonly ReminderItem[], b: readonly ReminderItem[]): ReminderItem[] {
  const merged = a.map((one) => ({ ...one, units: [...one.units] }))
  for (const other of b) {
    const same = merged.find((m) => isSameReview(m, other))
    if (!same) {
      merged.push({ ...other, units: [...other.units] })
      continue
    }
    same.units.push(...other.units.filter((u) => !same.units.includes(u)))
    if (same.reviewDate !== other.reviewDate) Object.assign(same, { reviewDate: other.reviewDate, rung: other.rung })
    else if (other.rung !== undefined) same.rung = Math.max(same.rung ?? other.rung, other.rung)
  }
  return merged
}

/** Whether `a` contains everything in `b`. */
export const covers = (a: readonly ReminderItem[], b: readonly ReminderItem[]): boolean =>
  b.every((one) => {
    const same = a.find((i) => isSameReview(i, one))
    return same !== undefined && one.units.every((u) => same.units.includes(u))
  })
