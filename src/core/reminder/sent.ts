import { UPDATED_FOR_MS } from '../outbox/follow.js'
import type { Message } from '../outbox/outbox.js'
import { aboutReminders } from '../outbox/topics.js'
import type { Tx } from '../ports.js'
import { covers, type ReminderItem, reminderPayload } from './payload.js'

/** A reminder in the chat. */
export interface SentReminder {
  key: string
  createdAt: Date
  /** The day it was sent for. */
  on: string
  items: readonly ReminderItem[]
  payload: Record<string, unknown>
}

/** A person's reminders of the last weeks in the chat, oldest first. */
export async function sentReminders(tx: Tx, personId: string, now: Date): Promise<SentReminder[]> {
  const rows = await tx.reminders.sentTo(aboutReminders(personId), new Date(now.getTime() - UPDATED_FOR_MS))
  return rows.map((row) => {
    const { on, items } = reminderPayload.parse(row.payload)
    return { ...row, on, items }
  })
}

/** The newest reminder that repeats what another one says, so that the older one needs no action. */
export const newerRepeatOf = (
  sent: readonly SentReminder[],
  of: Pick<SentReminder, 'createdAt' | 'items'>,
): SentReminder | undefined =>
  [...sent].reverse().find((s) => s.createdAt.getTime() > of.createdAt.getTime() && covers(s.items, of.items))

/** Marks a person's reminders that still ask for something for an update, because their snooze changed. */
export async function touchOpenReminders(tx: Tx, personId: string, now: Date): Promise<void> {
  const sent = await sentReminders(tx, personId, now)
  for (const s of sent) if (!newerRepeatOf(sent, s)) await tx.outbox.amend(s.key, s.payload, now)
}

/** Whether a delayed reminder need not be sent any more, because a later one that was or will be sent covers it. */
export async function isSuperseded(tx: Tx, message: Message, now: Date): Promise<boolean> {
  const { items, givenBy } = reminderPayload.parse(message.payload)
  if (givenBy) return false
  const later = await tx.reminders.newer(aboutReminders(message.personId), message.createdAt, now)
  return later.some(({ payload }) => covers(reminderPayload.parse(payload).items, items))
}
