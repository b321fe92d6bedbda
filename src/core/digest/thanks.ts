import { z } from 'zod'
import { reviewKinds } from '../campaign/review.js'

/** Rows of the month-end thanks: for which months they were planned (yyyy-mm). */
export interface Thanks {
  lastMonth(campaignId: string): Promise<string | undefined>
  /** False when the month was planned already. */
  put(workspaceId: string, campaignId: string, month: string, now: Date): Promise<boolean>
}
/** What one person is thanked for, as it was when it was planned. */
export const thanksSchema = z.object({
  campaignId: z.string(),
  /** The plan's number, where several campaigns run; else null. */
  plan: z.string().nullable(),
  kind: z.enum(reviewKinds),
  /** How many criteria there are. */
  criteria: z.number().int(),
  units: z.array(z.object({ id: z.string(), name: z.string(), isReportSent: z.boolean() })),
})
export type ThanksPayload = z.infer<typeof thanksSchema>
