import { z } from 'zod'
import { reviewKinds } from '../campaign/review.js'

/** Rows of the month-end thanks. Months are yyyy-mm. */
export interface Thanks {
  /** The last month up to another that was planned. */
  lastMonth(campaignId: string, until: string): Promise<string | undefined>
  /** Marks a month as planned. Returns false when it was planned already. */
  put(workspaceId: string, campaignId: string, month: string, now: Date): Promise<boolean>
}

/** What one person is thanked for, fixed when it was planned. */
export const thanksSchema = z.object({
  campaignId: z.string(),
  /** The plan's number, where several campaigns run; else null. */
  plan: z.string().nullable(),
  kind: z.enum(reviewKinds),
  /** Number of criteria. */
  criteria: z.number().int(),
  units: z.array(z.object({ id: z.string(), name: z.string(), isReportSent: z.boolean() })),
})

export type ThanksPayload = z.infer<typeof thanksSchema>
