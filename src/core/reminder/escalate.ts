import type { Message, MessageState } from '../outbox/outbox.js'
import { aboutReminders } from '../outbox/topics.js'
import { absentOn } from '../people/enter-absence.js'
import type { Tx } from '../ports.js'
import { covers, mergeItems, type ReminderItem, type ReminderPayload, reminderPayload } from './payload.js'

/** States of a message that will never reach its reader. */
const LOST: readonly MessageState[] = ['unreachable', 'failed']

/**
 * Escalates a reminder that could not reach a leader of units: the deputies who are present get it at once, added to
 * their own message of that day if they have one. If another head of the unit is present, nobody else is told, since
 * that head is reminded anyway.
 */
export async function escalate(tx: Tx, message: Message, now: Date): Promise<void> {
  if (message.kind !== 'reminder') return
  const { workspaceId, personId } = message
  const { on, items } = reminderPayload.parse(message.payload)
  const absent = await absentOn(tx, workspaceId, on)
  const shares = new Map<string, ReminderItem[]>()
  for (const { units, ...of } of items)
    for (const unitId of units)
      for (const id of await standIns(tx, workspaceId, personId, unitId, on, absent))
        shares.set(id, mergeItems(shares.get(id) ?? [], [{ ...of, units: [unitId] }]))
  for (const [id, share] of shares) await tell(tx, { workspaceId, personId: id, on, items: share, now })
}

async function standIns(
  tx: Tx,
  workspaceId: string,
  personId: string,
  unitId: string,
  on: string,
  absent: ReadonlyMap<string, string>,
): Promise<string[]> {
  const ids = async (role: 'head' | 'deputy') =>
    (await tx.people.withRoleIn(workspaceId, unitId, role)).map((p) => p.id)
  const [heads, deputies] = [await ids('head'), await ids('deputy')]
  // A colleague who only helps needs no stand-in: the head has the reminder.
  if (![...heads, ...deputies].includes(personId)) return []
  const isThere = (id: string) => id !== personId && !absent.has(id)
  for (const id of heads.filter(isThere)) {
    const own = await tx.outbox.byKey(`${aboutReminders(id)}${on}`)
    // No message yet: the hour of that head has not come, or they do not want this rung. Either way the deputies are
    // not needed.
    if (!own || !LOST.includes(own.state)) return []
  }
  return deputies.filter(isThere)
}

async function tell(
  tx: Tx,
  to: { workspaceId: string; personId: string; on: string; items: readonly ReminderItem[]; now: Date },
): Promise<void> {
  const { workspaceId, personId, on, items, now } = to
  const key = `${aboutReminders(personId)}${on}`
  const payload: ReminderPayload = { on, items }
  if (!(await tx.outbox.add({ workspaceId, key, kind: 'reminder', personId, payload, dueAt: now }, now))) {
    const there = await tx.outbox.byKey(key)
    // The deputy cannot be reached either.
    if (!there || LOST.includes(there.state)) return
    const before = reminderPayload.parse(there.payload)
    if (covers(before.items, items)) return
    await tx.outbox.amend(key, { ...before, items: mergeItems(before.items, items) }, now)
  }
  const lines = items.flatMap(({ units, ...of }) => units.map((unitId) => ({ ...of, unitId, personId, key })))
  await tx.reminders.log(workspaceId, lines, now)
}
