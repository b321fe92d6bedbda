import { audit } from '../audit/append.js'
import type { Campaign } from '../campaign/campaign.js'
import { mustBeOpen } from '../campaign/closed.js'
import type { ReviewKind } from '../campaign/review.js'
import { localDate } from '../date.js'
import { FormError, UserError } from '../errors.js'
import { followReminders, UPDATED_FOR_MS } from '../outbox/follow.js'
import { aboutReminders } from '../outbox/topics.js'
import { authorize } from '../people/access.js'
import type { Person } from '../people/person.js'
import type { Tx } from '../ports.js'
import type { UseCase } from '../use-case.js'
import type { ReminderPayload } from './payload.js'

/** What a unit owes for one review. */
export interface Part {
  unitId: string
  kind: ReviewKind
}

/** Everyone on the roster of a unit, without duplicates. */
async function peopleOf(tx: Tx, workspaceId: string, unitId: string): Promise<Person[]> {
  const people = new Map<string, Person>()
  for (const role of ['head', 'deputy', 'member'] as const)
    for (const person of await tx.people.withRoleIn(workspaceId, unitId, role)) people.set(person.id, person)
  return [...people.values()]
}

/**
 * The colleagues of a unit to whom its work for a review can be handed over: those who do not have it yet. Throws
 * `access.denied`.
 */
export async function colleaguesFor(use: UseCase, campaign: Campaign, part: Part): Promise<Person[]> {
  const { tx, actor } = use
  authorize(actor, 'handover.give', part.unitId)
  const given = new Set((await tx.handovers.ofUnit(campaign.id, part.kind, part.unitId)).map((h) => h.personId))
  const people = await peopleOf(tx, actor.workspaceId, part.unitId)
  return people.filter((p) => p.id !== actor.person.id && !given.has(p.id))
}

/**
 * Hands over a unit's work for a review to a colleague. The colleague is told at once (at night: the next working
 * morning) and reminded together with the head from then on. Returns false when it was theirs already.
 *
 * Throws `access.denied`; `request.stale` where the review has no date; FormError at `person` for somebody outside the
 * unit.
 */
export async function handOver(use: UseCase, campaign: Campaign, part: Part, personId: string): Promise<boolean> {
  const { tx, actor, now, timeZone } = use
  const { workspaceId, person: by } = actor
  const { unitId, kind } = part
  authorize(actor, 'handover.give', unitId)
  const people = await peopleOf(tx, workspaceId, unitId)
  if (personId === by.id || !people.some((p) => p.id === personId))
    throw new FormError([{ field: 'person', key: 'handover.nobody', params: {} }])
  const review = (await tx.reviews.list(campaign.id)).find((r) => r.kind === kind)
  if (!review) throw new UserError('request.stale', {})
  await mustBeOpen(tx, workspaceId, campaign.id, kind)
  const handover = { campaignId: campaign.id, kind, unitId, personId, byId: by.id }
  if (!(await tx.handovers.insert(workspaceId, handover, now))) return false
  await audit(use, 'handover.given', `unit:${unitId}`, { campaignId: campaign.id, kind, personId })
  const on = localDate(now, timeZone)
  const item = { campaignId: campaign.id, kind, reviewDate: review.date }
  const payload: ReminderPayload = { on, items: [{ ...item, units: [unitId] }], givenBy: by.id }
  const key = keyOf(personId, on, campaign.id, part)
  // Handed over, taken back and handed over again on one day: the message of that day is updated instead.
  if (!(await tx.outbox.add({ workspaceId, key, kind: 'reminder', personId, payload, dueAt: now }, now)))
    await tx.outbox.amend(key, payload, now)
  await tx.reminders.log(workspaceId, [{ ...item, unitId, personId, key }], now)
  await followReminders(tx, campaign.id, { workspaceId, unitId }, now)
  return true
}

/** Short, so that it fits the select menus of the message; the last digits of an id are random. */
const keyOf = (personId: string, on: string, campaignId: string, { unitId, kind }: Part): string =>
  `${aboutReminders(personId)}${on}:given:${kind[0]}${campaignId.slice(-6)}${unitId.slice(-12)}`

/**
 * Takes a handover back; the colleague's messages are updated, no new one is sent. Returns false when it was not theirs
 * any more. Throws `access.denied`.
 */
export async function cancelHandover(
  use: UseCase,
  campaign: Campaign,
  { unitId, kind }: Part,
  personId: string,
): Promise<boolean> {
  const { tx, actor, now } = use
  authorize(actor, 'handover.give', unitId)
  if (!(await tx.handovers.remove({ campaignId: campaign.id, kind, unitId, personId }))) return false
  await audit(use, 'handover.taken_back', `unit:${unitId}`, { campaignId: campaign.id, kind, personId })
  await tx.outbox.touch(aboutReminders(personId), now, new Date(now.getTime() - UPDATED_FOR_MS))
  await followReminders(tx, campaign.id, { workspaceId: actor.workspaceId, unitId }, now)
  return true
}
