import { localDate } from '../date.js'
import type { Message, OwnerId } from '../outbox/outbox.js'
import { reminderKey } from '../outbox/topics.js'
import { absentOn } from '../people/enter-absence.js'
import type { UnitLeaders } from '../people/leaders.js'
import type { Tx } from '../ports.js'
import { extendReminder, linesOf, MERGED } from './extend.js'
import { rungKey } from './ladder.js'
import { LOST, passOn, unreachableOf } from './pass-on.js'
import { type ReminderItem, type ReminderPayload, reminderPayload } from './payload.js'
import { recipientsOf } from './recipients.js'
import { isSnoozed } from './snooze.js'

interface At {
  now: Date
  timeZone: string
  /** The process that holds the message's lease. */
  by: OwnerId
}

/**
 * Settles a reminder just before it is sent, by the day of sending. What its reader is no longer reminded of (they were
 * replaced, are absent, or no longer help) is passed on to their current recipients; what a moved review no longer asks for becomes
 * open again. The rest is a part of the reader's message of the day. Returns the message to send; undefined where nothing
 * of it is left, or another message has it.
 */
export async function settleReminder(tx: Tx, message: Message, at: At): Promise<Message | undefined> {
  const read = reminderPayload.safeParse(message.payload)
  // Refused when it is rendered.
  if (!read.success) return message
  const parts = await partsOf(tx, message, read.data, at)
  const { kept, fallen, moved } = parts
  for (const { units, ...of } of [...fallen, ...moved])
    for (const unitId of units) await tx.reminders.forget(message.key, { ...of, unitId })
  for (const item of moved) await reopen(tx, message, item, at.now)
  if (read.data.givenBy === undefined) await passOn(tx, message, fallen, at)
  if (kept.length === 0) {
    await tx.outbox.end(message.key, 'dropped', 'is owed to others now', at.now, at.by)
    return undefined
  }
  return onItsDay(tx, message, { ...read.data, items: kept }, at)
}

interface Parts {
  kept: ReminderItem[]
  /** What the reader is not reminded of any more. */
  fallen: ReminderItem[]
  /** What was due for another date of the review. */
  moved: ReminderItem[]
}

async function partsOf(tx: Tx, message: Message, payload: ReminderPayload, { now, timeZone }: At): Promise<Parts> {
  const { workspaceId, personId } = message
  const today = localDate(now, timeZone)
  const absent = await absentOn(tx, workspaceId, today)
  const parts: Parts = { kept: [], fallen: [], moved: [] }
  for (const item of payload.items) {
    const { campaignId, kind, reviewDate, rung } = item
    const date = (await tx.reviews.list(campaignId)).find((r) => r.kind === kind)?.date ?? reviewDate
    // Who snoozed a reminder had it already.
    if (date !== reviewDate && rung !== undefined && !isSnoozed(message.key)) {
      parts.moved.push(item)
      continue
    }
    const [own, others]: [string[], string[]] = [[], []]
    for (const unitId of item.units) {
      const helps = async () =>
        (await tx.handovers.ofUnit(campaignId, kind, unitId)).some((h) => h.personId === personId)
      const isTheirs = !absent.has(personId) && ((await leads(unitId, item)) || (await helps()))
      const to = isTheirs ? own : others
      to.push(unitId)
    }
    if (own.length > 0) parts.kept.push({ ...item, reviewDate: date, units: own })
    if (others.length > 0) parts.fallen.push({ ...item, reviewDate: date, units: others })
  }
  return parts

  /** Whether the reader is among those who are reminded of a unit today. */
  async function leads(unitId: string, { campaignId, kind }: ReminderItem): Promise<boolean> {
    const crew = await crewOf(tx, workspaceId, unitId)
    if (![...crew.heads, ...crew.deputies].includes(personId)) return false
    const reminders = await tx.reminders.ofUnit(campaignId, kind, unitId)
    const lost = await unreachableOf(tx, crew, reminders, today)
    lost.delete(personId)
    const found = recipientsOf(crew, new Map([...absent, ...[...lost].map((id) => [id, ''] as const)]))
    return Array.isArray(found) && found.includes(personId)
  }
}

async function crewOf(tx: Tx, workspaceId: string, unitId: string): Promise<UnitLeaders> {
  const ids = async (role: 'head' | 'deputy') =>
    (await tx.people.withRoleIn(workspaceId, unitId, role)).map((p) => p.id)
  return { heads: await ids('head'), deputies: await ids('deputy') }
}

/** If the review is moved back, its rung is still owed. */
async function reopen(
  tx: Tx,
  { workspaceId, personId }: Message,
  { campaignId, kind, reviewDate, rung, units }: ReminderItem,
  now: Date,
): Promise<void> {
  const key = rungKey({ kind, reviewDate, offset: rung ?? 0 })
  await tx.rungs.unmark(campaignId, key)
  await tx.rungs.markPlanned(workspaceId, campaignId, `${key}@reopened`, now)
  await tx.rungs.addTurns(
    workspaceId,
    campaignId,
    key,
    units.map((unitId) => ({ unitId, personId })),
  )
}

/** Makes a message of an earlier day a part of its reader's message of today, of which there is one. */
async function onItsDay(
  tx: Tx,
  message: Message,
  payload: ReminderPayload,
  { now, timeZone, by }: At,
): Promise<Message | undefined> {
  const { workspaceId, personId, key } = message
  const today = localDate(now, timeZone)
  const [ownKey, settled] = [reminderKey(personId, today), { ...payload, on: today > payload.on ? today : payload.on }]
  const own = today > payload.on && key !== ownKey ? await tx.outbox.byKey(ownKey) : undefined
  if (own && !LOST.includes(own.state)) {
    await tx.outbox.end(key, 'dropped', MERGED, now, by)
    await extendReminder(tx, ownKey, payload.items, now)
    await tx.reminders.log(workspaceId, linesOf(personId, ownKey, payload), now)
    if ((await tx.reminders.snoozeOf(personId))?.key === key) await tx.reminders.forgetSnooze(personId)
    return undefined
  }
  await tx.outbox.rewrite(key, settled)
  const isRenamed = today > payload.on && key !== ownKey && !own
  if (isRenamed) {
    await tx.reminders.rename(key, ownKey, payload.items)
    if ((await tx.reminders.snoozeOf(personId))?.key === key) await tx.reminders.forgetSnooze(personId)
  }
  return { ...message, key: isRenamed ? ownKey : key, payload: settled }
}
