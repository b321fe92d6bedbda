import { calendarOf } from '../../calendar/holiday-calendar.js'
import type { Campaign } from '../../campaign/campaign.js'
import { currentReview, type Review, reviewKinds } from '../../campaign/review.js'
import { localDate } from '../../date.js'
import { may, unitsLedBy } from '../../people/access.js'
import type { Actor } from '../../people/person.js'
import { owingFor, type Planning } from '../../reminder/inputs.js'
import type { UseCase } from '../../use-case.js'
import { deadlineAmong, type ReviewDeadline } from '../campaign/review-deadline.js'
import { unitNames } from '../people/unit-names.js'
import { type OwnReminders, type RungAhead, remindersOf, rungsAhead } from '../reminder/forecast.js'

/** The reviews of a campaign and the reminders to come, as one person may see them. */
export interface Schedule {
  /** One for each kind of review. */
  reviews: readonly ReviewDeadline[]
  hasDates: boolean
  /** The person's own reminders; undefined for a person who gets none, and without dates. */
  own: OwnSchedule | undefined
  /** The whole ladder; undefined for those who do not see it, and without dates. */
  rungs: readonly RungAhead[] | undefined
}

export interface OwnSchedule extends OwnReminders {
  /** By id; empty when nothing is owed. */
  unitNames: ReadonlyMap<string, string>
  /** Once no reminder is to come: what the units that the person leads still owe for the leading review. */
  left: { criteria: number; reports: number }
}

/** The reviews of a campaign that have a date. */
export const reviewDates = ({ tx }: Pick<UseCase, 'tx'>, campaign: Campaign): Promise<Review[]> =>
  tx.reviews.list(campaign.id)

/** Reads the reviews of a campaign and the reminders to come. */
export async function scheduleOf(
  { tx, actor, now, timeZone }: Omit<UseCase, 'newId'>,
  campaign: Campaign,
): Promise<Schedule> {
  const isWorkingDay = await calendarOf(tx, campaign.workspaceId)
  const dated = await reviewDates({ tx }, campaign)
  const reviews: ReviewDeadline[] = []
  for (const kind of reviewKinds) reviews.push(await deadlineAmong({ tx, now, timeZone }, campaign, kind, dated))
  if (dated.length === 0) return { reviews, hasDates: false, own: undefined, rungs: undefined }
  const planning = { tx, now, timeZone, isWorkingDay }
  return {
    reviews,
    hasDates: true,
    own: await ownSchedule(planning, campaign, actor),
    rungs: may(actor, 'schedule.seeAll') ? (await rungsAhead(planning, campaign)).filter((r) => r.at > now) : undefined,
  }
}

async function ownSchedule(planning: Planning, campaign: Campaign, actor: Actor): Promise<OwnSchedule | undefined> {
  const own = await remindersOf(planning, campaign, actor.person.id)
  const led = new Set(unitsLedBy(actor).map((u) => u.id))
  if (!own.owes && led.size === 0) return undefined
  const { tx, now, timeZone, isWorkingDay } = planning
  const leading = currentReview(await tx.reviews.list(campaign.id), localDate(now, timeZone), isWorkingDay)
  const owing = leading ? (await owingFor(tx, campaign, leading.kind)).filter((o) => led.has(o.unitId)) : []
  return {
    ...own,
    unitNames: own.owes ? await unitNames(tx, campaign.workspaceId) : new Map(),
    left: {
      criteria: owing.reduce((n, o) => n + o.missing, 0),
      reports: owing.filter((o) => o.report === 'draft' || o.report === 'rejected').length,
    },
  }
}
