import { z } from 'zod'
import { isSendingTime } from '../calendar/sending-hours.js'
import type { PlanningDay } from '../campaign/planning-day.js'
import { imminentReviews, overdueReviewsOn, reviewKinds } from '../campaign/review.js'
import type { NoticeKind } from '../outbox/outbox.js'
import { aboutOverdue } from '../outbox/topics.js'
import type { Role } from '../people/person.js'
import { owingFor } from '../reminder/inputs.js'

/**
 * Queues the digest of late units for the Organisation–Administration Office, once each working day, and the state of the
 * campaign for the Command Board and the School Board, once, on the working day before a review. Idempotent. Returns the
 * number of messages.
 */
export async function planOverdue(day: PlanningDay): Promise<number> {
  const { tx, workspaceId, now, timeZone, date, isWorkingDay } = day
  let added = 0
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
      const payload = { campaignId, kind, reviewDate, on: date }
      for (const role of ['command_board', 'school_board'] as const)
        added += await notify(day, role, about, 'eve.digest', payload)
    }
    for (const { kind, date: reviewDate } of behind) {
      // Of each review and day, so that a tick by a wrong clock silences no other day. What is in a digest of the day is
      // not repeated: its key is the day's.
      const mark = `late:${kind}:${reviewDate}:${date}`
      if (planned.has(mark)) continue
      await tx.rungs.markPlanned(workspaceId, campaignId, mark, now)
      if ((await owingFor(tx, campaign, kind)).length > 0) late.push({ campaignId, kind, reviewDate })
    }
  }
  if (late.length === 0) return added
  const about = `${aboutOverdue(workspaceId)}${date}:`
  added += await notify(day, 'org_office', about, 'late.digest', { on: date, reviews: late })
  await extendDigests(day, about, late)
  return added
}

/** Adds reviews to the digest of the day, of which there is one: a campaign may start sending later than another. */
async function extendDigests(
  { tx, workspaceId, now }: PlanningDay,
  about: string,
  late: OverdueReviewRef[],
): Promise<void> {
  for (const { id } of await tx.people.withRole(workspaceId, 'org_office')) {
    const message = await tx.outbox.byKey(`${about}${id}`)
    const payload = message && overdueDigestSchema.parse(message.payload)
    const more = late.filter((l) => !payload?.reviews.some((r) => r.campaignId === l.campaignId && r.kind === l.kind))
    if (message && payload && more.length > 0)
      await tx.outbox.amend(message.key, { ...payload, reviews: [...payload.reviews, ...more] }, now)
  }
}

async function notify(
  { tx, workspaceId, now }: PlanningDay,
  role: Role,
  about: string,
  kind: NoticeKind,
  payload: Record<string, unknown>,
): Promise<number> {
  let added = 0
  for (const { id } of await tx.people.withRole(workspaceId, role)) {
    const message = { workspaceId, key: `${about}${id}`, kind, personId: id, payload, dueAt: now }
    if (await tx.outbox.add(message, now)) added += 1
  }
  return added
}

const lateReview = z.object({ campaignId: z.string(), kind: z.enum(reviewKinds), reviewDate: z.string() })
type OverdueReviewRef = z.infer<typeof lateReview>

/** The Office's digest of one day (`on`). */
export const overdueDigestSchema = z.object({ on: z.string(), reviews: z.array(lateReview) })

/** The digest of both Boards before one review. `on`: the day for which it was planned. */
export const eveDigestSchema = z.object({
  campaignId: z.string(),
  kind: z.enum(reviewKinds),
  reviewDate: z.string(),
  on: z.string(),
})
