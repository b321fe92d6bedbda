import { z } from 'zod'
import { calendarOf } from '../../calendar/holiday-calendar.js'
import type { Campaign } from '../../campaign/campaign.js'
import type { Review } from '../../campaign/review.js'
import type { Work } from '../../outbox/outbox.js'
import { may } from '../../people/access.js'
import type { UseCase } from '../../use-case.js'
import { recipientOf } from '../people/recipient.js'
import { type OwnReminder, type RungAhead, remindersOf, rungsAhead } from '../reminder/forecast.js'
import { reviewDates } from './schedule.js'

/**
 * `seesAll`: decided when the person asked. Rows of 0.1.0 have `isAdmin` instead, for admins named in the settings.
 * `reminders`: with the reminders to come; rows of 0.1.0, which lack it, have them.
 */
const payload = z.object({
  campaignId: z.string(),
  seesAll: z.boolean().optional(),
  isAdmin: z.boolean().optional(),
  reminders: z.boolean().optional(),
})

/** What the calendar file of a campaign contains for one person. */
export interface CalendarFileData {
  campaign: Campaign
  reviews: readonly Review[]
  /** The person's own reminders to come. */
  own: readonly OwnReminder[]
  /** Every rung to come; empty for those who do not see the whole ladder. */
  rungs: readonly RungAhead[]
}

/** Reads the data of a requested calendar file; undefined when the campaign or the person is gone. */
export async function calendarFileData(
  use: Pick<UseCase, 'tx' | 'now' | 'timeZone'>,
  work: Pick<Work, 'workspaceId' | 'personId' | 'payload'>,
): Promise<CalendarFileData | undefined> {
  const { workspaceId, personId } = work
  const { campaignId, seesAll, isAdmin, reminders = true } = payload.parse(work.payload)
  const { tx, now, timeZone } = use
  const campaign = await tx.campaigns.byId(workspaceId, campaignId)
  const actor = await recipientOf(tx, workspaceId, personId)
  if (!campaign || !actor) return undefined
  const planning = { tx, now, timeZone, isWorkingDay: await calendarOf(tx, workspaceId) }
  return {
    campaign,
    reviews: await reviewDates(use, campaign),
    own: reminders ? (await remindersOf(planning, campaign, personId)).toCome : [],
    rungs:
      reminders && (seesAll ?? (isAdmin || may(actor, 'schedule.seeAll'))) ? await rungsAhead(planning, campaign) : [],
  }
}
