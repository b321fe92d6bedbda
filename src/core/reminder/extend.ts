import type { Tx } from '../ports.js'
import { covers, mergeItems, type ReminderItem, type ReminderPayload, reminderPayload } from './payload.js'
import type { ReminderLine } from './rows.js'

/** Why a reminder was dropped whose content is part of another one. Stored. */
export const MERGED = 'comes with the reminder of the day'

/**
 * Extends a reminder with what fell due after it, also one that was dropped; a sent one is updated in place. Changes
 * nothing in the chat where it covers that already.
 */
export async function extendReminder(tx: Tx, key: string, items: readonly ReminderItem[], now: Date): Promise<void> {
  const message = await tx.outbox.byKey(key)
  if (!message) return
  const before = reminderPayload.parse(message.payload)
  const after = { ...before, items: mergeItems(before.items, items) }
  const isMoved = items.some(({ campaignId, kind, reviewDate }) =>
    before.items.some((b) => b.campaignId === campaignId && b.kind === kind && b.reviewDate !== reviewDate),
  )
  if (message.state === 'dropped' || isMoved || !covers(before.items, items)) await tx.outbox.amend(key, after, now)
  else if (JSON.stringify(after.items) !== JSON.stringify(before.items)) await tx.outbox.rewrite(key, after)
}

/** The log of what a message reminds a person of. */
export const linesOf = (personId: string, key: string, { items }: Pick<ReminderPayload, 'items'>): ReminderLine[] =>
  items.flatMap(({ campaignId, kind, reviewDate, rung, units }) =>
    units.map((unitId) => ({ campaignId, kind, reviewDate, unitId, personId, key, rung })),
  )
