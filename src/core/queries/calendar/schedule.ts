import { calendarOf } from '../../calendar/holiday-calendar.js'
import { workingDaysLeft } from '../../calendar/working-day.js'
import type { Campaign } from '../../campaign/campaign.js'
import { type Review, reviewKinds } from '../../campaign/review.js'
import { localDate } from '../../date.js'
import { may, unitsLedBy } from '../../people/access.js'
import type { Actor } from '../../people/person.js'
import type { Planning } from '../../reminder/inputs.js'
import type { UseCase } from '../../use-case.js'
import type { ReviewDeadline } from '../campaign/review-deadline.js'
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
  const today = localDate(now, timeZone)
  const dates = new Map((await reviewDates({ tx }, campaign)).map((r) => [r.kind, r.date]))
  const reviews = reviewKinds.map((kind): ReviewDeadline => {
    const date = dates.get(kind)
    return { kind, date, daysLeft: date === undefined ? 0 : workingDaysLeft(today, date, isWorkingDay) }
  })
  if (dates.size === 0) return { reviews, hasDates: false, own: undefined, rungs: undefined }
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
  if (!own.owes) return unitsLedBy(actor).length > 0 ? { ...own, unitNames: new Map() } : undefined
  return { ...own, unitNames: await unitNames(planning.tx, campaign.workspaceId) }
}
