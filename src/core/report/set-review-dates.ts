import { audit } from '../audit/append.js'
import { calendarOf } from '../calendar/holiday-calendar.js'
import type { Campaign } from '../campaign/campaign.js'
import { followReview } from '../campaign/follow-review.js'
import { closingOf, currentReview, type Review, type ReviewKind, reviewKinds } from '../campaign/review.js'
import { addDays, isDate, localDate } from '../date.js'
import { type FieldFault, FormError } from '../errors.js'
import { authorize } from '../people/access.js'
import type { UseCase } from '../use-case.js'
import { offerReports } from './notify.js'

/** Days after the campaign's period during which a review may be held. */
const DAYS_AFTER_PERIOD = 366

/**
 * Sets the dates of reviews; an omitted kind keeps its date. A new date starts a new ladder of reminders. Throws
 * `access.denied`, and FormError at the kind with a wrong date.
 */
export async function setReviewDates(
  use: UseCase,
  campaign: Campaign,
  dates: Partial<Record<ReviewKind, string>>,
): Promise<Review[]> {
  authorize(use.actor, 'review.setDates')
  const before = await use.tx.reviews.list(campaign.id)
  const known = new Map(before.map((r) => [r.kind, r.date]))
  const changed = reviewKinds.filter((kind) => dates[kind] !== undefined && dates[kind] !== known.get(kind))
  const faults: FieldFault[] = []
  const { from } = campaign.period
  const to = addDays(campaign.period.to, DAYS_AFTER_PERIOD)
  for (const kind of changed) {
    const date = dates[kind] as string
    const closed = closingOf(before, kind)
    if (closed) {
      const by = (await use.tx.people.everById(use.actor.workspaceId, closed.byId))?.fullName ?? ''
      faults.push({ field: kind, key: 'review.closed', params: { kind, by, at: closed.at } })
    }
    // A review that is closed counts on those before it.
    const later = before.find((r) => r.closed && r.kind !== kind && isDate(date) && date < r.date)
    if (!closed && later) faults.push({ field: kind, key: 'review.later_closed', params: { kind: later.kind } })
    if (!isDate(date)) faults.push({ field: kind, key: 'review.date_invalid', params: { word: date } })
    else if (date < from || date > to) faults.push({ field: kind, key: 'review.date_outside', params: { from, to } })
    known.set(kind, date)
  }
  const [preliminary, final] = [known.get('preliminary'), known.get('final')]
  if (faults.length === 0 && preliminary && final && preliminary >= final)
    faults.push({ field: changed.at(-1) ?? 'final', key: 'review.order', params: {} })
  if (faults.length > 0) throw new FormError(faults)
  for (const kind of changed) {
    const review = { kind, date: known.get(kind) as string }
    await use.tx.reviews.set(use.actor.workspaceId, campaign.id, review, use.actor.person.id, use.now)
    await audit(use, 'review.date_set', `campaign:${campaign.id}`, review)
    await followReview(use.tx, campaign, kind, use.now)
  }
  const after = await use.tx.reviews.list(campaign.id)
  const isWorkingDay = await calendarOf(use.tx, use.actor.workspaceId)
  const current = currentReview(after, localDate(use.now, use.timeZone), isWorkingDay)
  if (current && changed.length > 0) await offerReports(use.tx, campaign, current.kind, use.now)
  return after
}
