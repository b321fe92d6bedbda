import { z } from 'zod'
import { isSendingTime } from '../calendar/sending-hours.js'
import type { PlanningDay } from '../campaign/planning-day.js'
import { imminentReviews, overdueReviewsOn, reviewKinds } from '../campaign/review.js'
import type { NoticeKind } from '../outbox/outbox.js'
import { aboutOverdue } from '../outbox/topics.js'
import type { Role } from '../people/person.js'
import { owingFor } from '../reminder/inputs.js'

/** Whether a day was told of, or one after it: nothing is told again when the clock goes back. */
const isTold = (planned: ReadonlySet<string>, prefix: string, day: string): boolean =>
  [...planned].some((key) => key.startsWith(prefix) && key.slice(prefix.length) >= day)

/**
 * Tells the Organisation–Administration Office once a working day of the units that are late, and the Command Board once,
 * on the working day before a review, how things stand. Safe to run as often as one likes. Gives how many it put.
 */
export async function planOverdue(day: PlanningDay): Promise<number> {
  const { tx, workspaceId, now, timeZone, date, isWorkingDay } = day
  let put = 0
  const late: OverdueReviewRef[] = []
  for (const { campaign, reviews } of day.running) {
    if (!isSendingTime(now, campaign.ladder, timeZone, isWorkingDay)) continue
    const [behind, ahead] = [
      overdueReviewsOn(reviews, date, isWorkingDay),
      imminentReviews(reviews, date, isWorkingDay),
    ]
    if (behind.length + ahead.length === 0) continue
    const planned = await tx.rungs.planned(campaign.id)
    const { id: campaignId } = campaign
    for (const { kind, date: reviewDate } of ahead) {
      const mark = `eve:${kind}:${reviewDate}`
      if (planned.has(mark)) continue
      await tx.rungs.markPlanned(workspaceId, campaignId, mark, now)
      const about = `eve:${campaignId}:${kind}:${reviewDate}:`
      put += await tell(day, 'command_board', about, 'eve.digest', {
        campaignId,
        kind,
        reviewDate,
        on: date,
      })
    }
    if (behind.length === 0 || isTold(planned, 'late:', date)) continue
    await tx.rungs.markPlanned(workspaceId, campaignId, `late:${date}`, now)
    for (const { kind, date: reviewDate } of behind)
      if ((await owingFor(tx, campaign, kind)).length > 0) late.push({ campaignId, kind, reviewDate })
  }
  if (late.length === 0) return put
  const about = `${aboutOverdue(workspaceId)}${date}:`
  put += await tell(day, 'org_office', about, 'late.digest', { on: date, reviews: late })
  await extendDigests(day, about, late)
  return put
}

/** A campaign with a later hour than another's joins the digest of the day, of which there is one. */
async function extendDigests(
  { tx, workspaceId, now }: PlanningDay,
  about: string,
  late: OverdueReviewRef[],
): Promise<void> {
  for (const { id } of await tx.people.withRole(workspaceId, 'org_office')) {
    const message = await tx.outbox.byKey(`${about}${id}`)
    const told = message && overdueDigestSchema.parse(message.payload)
    const more = late.filter((l) => !told?.reviews.some((r) => r.campaignId === l.campaignId && r.kind === l.kind))
    if (message && told && more.length > 0)
      await tx.outbox.amend(message.key, { ...told, reviews: [...told.reviews, ...more] }, now)
  }
}

async function tell(
  { tx, workspaceId, now }: PlanningDay,
  role: Role,
  about: string,
  kind: NoticeKind,
  payload: Record<string, unknown>,
): Promise<number> {
  let put = 0
  for (const { id } of await tx.people.withRole(workspaceId, role)) {
    const message = { workspaceId, key: `${about}${id}`, kind, personId: id, payload, dueAt: now }
    if (await tx.outbox.add(message, now)) put += 1
  }
  return put
}

const lateReview = z.object({ campaignId: z.string(), kind: z.enum(reviewKinds), reviewDate: z.string() })
type OverdueReviewRef = z.infer<typeof lateReview>

/** What the Office's digest of one day is about. */
export const overdueDigestSchema = z.object({ on: z.string(), reviews: z.array(lateReview) })

/** What the Board's digest before one review is about; `on`: the day that it was planned for. */
export const eveDigestSchema = z.object({
  campaignId: z.string(),
  kind: z.enum(reviewKinds),
  reviewDate: z.string(),
  on: z.string(),
})
