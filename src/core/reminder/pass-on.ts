import { running } from '../campaign/running.js'
import { instantAt, localTime } from '../date.js'
import type { Message, MessageState } from '../outbox/outbox.js'
import { reminderKey } from '../outbox/topics.js'
import type { UnitLeaders } from '../people/leaders.js'
import type { Tx } from '../ports.js'
import { hourFor } from './day.js'
import { extendReminder, linesOf } from './extend.js'
import { hoursOf } from './inputs.js'
import { rungKey } from './ladder.js'
import { mergeItems, type ReminderItem, type ReminderPayload, reminderPayload } from './payload.js'
import { recipientsOf, reportHeadless } from './recipients.js'
import type { UnitReminder } from './rows.js'
import { readStaff } from './staff.js'

/** States of a message that will never reach its reader. */
export const LOST: readonly MessageState[] = ['unreachable', 'failed']

/** States of a message that does not remind its reader. */
const NOT_SENT: readonly MessageState[] = [...LOST, 'dropped']

interface At {
  now: Date
  timeZone: string
}

/** Passes a reminder that could not reach its reader on to the people who are reminded in their place. */
export async function escalate(tx: Tx, message: Message, at: At): Promise<void> {
  if (message.kind !== 'reminder') return
  const { items, givenBy } = reminderPayload.parse(message.payload)
  // A colleague who only helps needs no stand-in: the head has the reminder.
  if (givenBy === undefined) await passOn(tx, message, items, at)
}

/**
 * Plans a part of a message that its reader will not get for those to whom it is owed today: the units' recipients,
 * without people who cannot be reached, who were not reminded of it and will not be anyway. Each of them gets it at
 * their hour, added to their own message of the day if they have one. Where all are absent, the Office is told.
 */
export async function passOn(
  tx: Tx,
  message: Pick<Message, 'workspaceId' | 'personId' | 'createdAt'>,
  items: readonly ReminderItem[],
  { now, timeZone }: At,
): Promise<void> {
  if (items.length === 0) return
  const { workspaceId, personId, createdAt } = message
  const { date: today, time } = localTime(now, timeZone)
  const staff = await readStaff(tx, workspaceId, today, hoursOf(await running(tx, workspaceId, today)))
  const shares = new Map<string, { items: ReminderItem[]; hour: string }>()
  for (const { units, ...of } of items) {
    const campaign = await tx.campaigns.byId(workspaceId, of.campaignId)
    if (!campaign) continue
    const waiting = await turnsToCome(tx, of)
    for (const unitId of units) {
      const crew = staff.leaders.get(unitId)
      const found = recipientsOf(crew, staff.absent)
      if (!Array.isArray(found)) await reportHeadless({ tx, now, actor: { workspaceId } }, unitId, found)
      const reminders = await tx.reminders.ofUnit(of.campaignId, of.kind, unitId)
      const lost = await unreachableOf(tx, crew, reminders, today)
      const there = recipientsOf(
        crew,
        new Map([...staff.absent, ...[...lost, personId].map((id) => [id, ''] as const)]),
      )
      for (const id of Array.isArray(there) ? there : []) {
        const isReminded = reminders.some((r) => r.personId === id && reminds(r, of, createdAt))
        const isWanted = of.rung === undefined || staff.wants(id, campaign.ladder, of.rung)
        // Who is a recipient anyway is reminded when their turn comes.
        const isToCome = Array.isArray(found) && found.includes(id) && waiting.has(`${unitId} ${id}`)
        if (isReminded || !isWanted || isToCome) continue
        const share = shares.get(id) ?? { items: [], hour: '' }
        const hour = hourFor(staff, crew, id)
        const one = [{ ...of, units: [unitId] }]
        shares.set(id, { items: mergeItems(share.items, one), hour: hour > share.hour ? hour : share.hour })
      }
    }
  }
  for (const [id, share] of shares) {
    const dueAt = share.hour > time ? instantAt(today, share.hour, timeZone) : now
    await remind(tx, { workspaceId, personId: id, on: today, items: share.items, dueAt, now })
  }
}

/** People whose turn for a rung is still to come, as `unit person`. */
async function turnsToCome(tx: Tx, { campaignId, kind, reviewDate, rung }: Omit<ReminderItem, 'units'>) {
  if (rung === undefined) return new Set<string>()
  const turns = await tx.rungs.openTurns(campaignId, rungKey({ kind, reviewDate, offset: rung }))
  return new Set(turns.map((t) => `${t.unitId} ${t.personId}`))
}

/** Whether a reminder is as late in the ladder of the review's date as another, or was made since that. */
function reminds(r: UnitReminder, { reviewDate, rung }: Omit<ReminderItem, 'units'>, since: Date): boolean {
  if (NOT_SENT.includes(r.state)) return false
  const isOfRung = rung !== undefined && r.rung !== null && r.reviewDate === reviewDate && r.rung >= rung
  return isOfRung || r.at >= since
}

/** Leaders of a unit who could not be reached by their last reminder of it, or by the one of today. */
export async function unreachableOf(
  tx: Tx,
  crew: UnitLeaders | undefined,
  reminders: readonly UnitReminder[],
  today: string,
): Promise<Set<string>> {
  const lost = new Set<string>()
  for (const id of [...(crew?.heads ?? []), ...(crew?.deputies ?? [])]) {
    const own = await tx.outbox.byKey(reminderKey(id, today))
    const state = own?.state ?? reminders.findLast((r) => r.personId === id)?.state
    if (state && LOST.includes(state)) lost.add(id)
  }
  return lost
}

async function remind(
  tx: Tx,
  to: { workspaceId: string; personId: string; on: string; items: readonly ReminderItem[]; dueAt: Date; now: Date },
): Promise<void> {
  const { workspaceId, personId, on, items, dueAt, now } = to
  const key = reminderKey(personId, on)
  const payload: ReminderPayload = { on, items }
  const message = { workspaceId, key, kind: 'reminder' as const, personId, payload, dueAt }
  if (!(await tx.outbox.add(message, now))) await extendReminder(tx, key, items, now)
  await tx.reminders.log(workspaceId, linesOf(personId, key, payload), now)
}
