import { audit } from '../audit/append.js'
import { calendarOf } from '../calendar/holiday-calendar.js'
import { isSendingTime, nextSendingTime } from '../calendar/sending-hours.js'
import type { Campaign } from '../campaign/campaign.js'
import { mustBeOpen } from '../campaign/closed.js'
import { currentReview, openReviews, overdueReviewsOn, type Review, type ReviewKind } from '../campaign/review.js'
import { localDate, localTime } from '../date.js'
import { UserError } from '../errors.js'
import { followOverdue } from '../outbox/follow.js'
import { aboutReminders } from '../outbox/topics.js'
import { authorize, isCommandBoard } from '../people/access.js'
import type { Tx } from '../ports.js'
import type { Owing } from '../report/rows.js'
import type { UseCase } from '../use-case.js'
import { forEachTurn } from './day.js'
import { owingFor } from './inputs.js'
import { mergeItems, type ReminderPayload, reminderPayload } from './payload.js'
import type { NoRecipient } from './recipients.js'
import { readStaff } from './staff.js'
import { allTurns } from './turns.js'

/** Nobody is reminded again within this time, manually or on schedule. */
const NUDGE_EVERY_MS = 4 * 3_600_000

/** The units to remind now, by id; `all`: every unit that owes something. */
export type NudgeScope = { kind: ReviewKind; units: readonly string[] | 'all' }

/** One person and what they would be reminded of. */
export interface NudgeRecipient {
  person: { id: string; fullName: string }
  units: Owing[]
}

/** What a nudge would do now. */
export interface NudgePlan {
  review: Review
  /** When it is sent: now, or at the start of the next sending hours. */
  at: Date
  isNow: boolean
  send: NudgeRecipient[]
  /** People who were reminded less than four hours ago, or are about to be, and when. */
  held: (NudgeRecipient & { last: Date })[]
  withoutRecipient: { unitId: string; why: NoRecipient }[]
  /** Units of the scope that owe nothing. */
  complete: string[]
}

/**
 * The review to remind of when none is named: the last past one for which some unit still owes something, or the next
 * one. Undefined while no review has a date.
 */
export async function reviewToChase(
  use: Pick<UseCase, 'tx' | 'now' | 'timeZone'>,
  campaign: Campaign,
): Promise<Review | undefined> {
  const { tx, now, timeZone } = use
  const reviews = await tx.reviews.list(campaign.id)
  const today = localDate(now, timeZone)
  const isWorkingDay = await calendarOf(tx, campaign.workspaceId)
  for (const review of overdueReviewsOn(reviews, today, isWorkingDay).reverse())
    if ((await owingFor(tx, campaign, review.kind)).length > 0) return review
  return currentReview(openReviews(reviews), today, isWorkingDay)
}

/**
 * Previews a nudge: who would be reminded of what, who would not, and why. Throws `access.denied`; `nudge.no_review`
 * while the review has no date; `review.closed`.
 */
export async function previewNudge(use: UseCase, campaign: Campaign, scope: NudgeScope): Promise<NudgePlan> {
  authorize(use.actor, 'nudge.send')
  return computeNudge(use, campaign, scope)
}

/** The same without a permission check, for cards that only show it. Throws `nudge.no_review`, `review.closed`. */
export async function computeNudge(
  { tx, now, timeZone }: Pick<UseCase, 'tx' | 'now' | 'timeZone'>,
  campaign: Campaign,
  scope: NudgeScope,
): Promise<NudgePlan> {
  const review = (await tx.reviews.list(campaign.id)).find((r) => r.kind === scope.kind)
  if (!review) throw new UserError('nudge.no_review', { kind: scope.kind })
  await mustBeOpen(tx, campaign.workspaceId, campaign.id, scope.kind)
  const { workspaceId, ladder } = campaign
  const isWorkingDay = await calendarOf(tx, workspaceId)
  const isNow = isSendingTime(now, ladder, timeZone, isWorkingDay)
  const at = nextSendingTime(now, ladder, timeZone, isWorkingDay)
  const owing = await owingFor(tx, campaign, scope.kind)
  const wanted = scope.units === 'all' ? undefined : new Set(scope.units)
  const asked = new Map(owing.filter((o) => !wanted || wanted.has(o.unitId)).map((o) => [o.unitId, o]))
  const staff = await readStaff(tx, workspaceId, localDate(at, timeZone), ladder)
  const people = new Map<string, Owing[]>()
  // Treated like the rung on the day of the review, which nobody can refuse.
  const rung = { kind: review.kind, reviewDate: review.date, offset: 0, on: review.date }
  const due = { campaign, rung, owing: [...asked.keys()], turns: allTurns }
  const withoutRecipient = forEachTurn([due], staff, ({ unitId, personId }) => {
    const unit = asked.get(unitId) as Owing
    const own = people.get(personId)
    if (own) own.push(unit)
    else people.set(personId, [unit])
  })
  const names = await tx.people.names(
    workspaceId,
    [...people.keys()].filter((id) => !staff.names.has(id)),
  )
  const lately = await tx.reminders.lately(workspaceId, new Date(at.getTime() - NUDGE_EVERY_MS + 1))
  const plan: NudgePlan = {
    review,
    at,
    isNow,
    send: [],
    held: [],
    withoutRecipient: [...withoutRecipient].map(([unitId, why]) => ({ unitId, why })),
    complete: [],
  }
  for (const [id, units] of people) {
    const person = { id, fullName: staff.names.get(id) ?? names.get(id) ?? '' }
    const last = lately.get(id)
    if (last) plan.held.push({ person, units, last })
    else plan.send.push({ person, units })
  }
  plan.complete = wanted ? [...wanted].filter((id) => !asked.has(id)) : []
  return plan
}

/**
 * Sends the reminders that `previewNudge` previews and returns what it did. Nobody is reminded twice within four hours,
 * even by different senders. Outside sending hours the reminders wait and are sent as reminders of the next day. Throws
 * as `previewNudge` does.
 */
export async function nudge(use: UseCase, campaign: Campaign, scope: NudgeScope): Promise<NudgePlan> {
  const { tx, actor, now, timeZone } = use
  const plan = await previewNudge(use, campaign, scope)
  if (plan.send.length === 0) return plan
  const { workspaceId, id: campaignId } = campaign
  const { date, time } = localTime(plan.at, timeZone)
  const of = { campaignId, kind: plan.review.kind, reviewDate: plan.review.date }
  const keyOf = (personId: string) =>
    `${aboutReminders(personId)}${date}${plan.isNow ? `:nudge:${time.replace(':', '')}` : ''}`
  const by = { by: actor.person.fullName, byRole: isCommandBoard(actor) ? 'command_board' : 'org_office' } as const
  const messages = plan.send.map(({ person, units }) => {
    const payload: ReminderPayload = { on: date, items: [{ ...of, units: units.map((u) => u.unitId) }], ...by }
    const to = { workspaceId, personId: person.id, dueAt: plan.at }
    return { ...to, key: keyOf(person.id), kind: 'reminder' as const, payload }
  })
  const added = await tx.outbox.addMany(messages, now)
  for (const { key, payload } of messages) if (!added.has(key)) await join(tx, key, payload, plan.at, now)
  const lines = plan.send.flatMap(({ person, units }) =>
    units.map(({ unitId }) => ({ ...of, unitId, personId: person.id, key: keyOf(person.id) })),
  )
  await tx.reminders.log(workspaceId, lines, plan.at)
  const units = [...new Set(lines.map((l) => l.unitId))]
  await audit(use, 'reminder.nudged', `campaign:${campaignId}`, { campaignId, reviewKind: of.kind, units })
  await followOverdue(tx, workspaceId, now)
  return plan
}

/** A message with that key exists, e.g. after the clock went back: it is extended and sent when it is due. */
async function join(tx: Tx, key: string, payload: ReminderPayload, at: Date, now: Date): Promise<void> {
  const message = await tx.outbox.byKey(key)
  if (!message) return
  const items = mergeItems(reminderPayload.parse(message.payload).items, payload.items)
  await tx.outbox.amend(key, { ...payload, items }, now)
  await tx.outbox.defer(key, at)
}
