import type { Tx } from '../ports.js'
import { aboutOverdue, aboutReminders } from './topics.js'

/** From the hour of the digest to midnight. */
const LATE_STAYS_TRUE_MS = 16 * 3_600_000

/** Call when what overdue units owe, or how often they were reminded, changed: updates the day's digests. */
export const followOverdue = (tx: Tx, workspaceId: string, now: Date): Promise<void> =>
  tx.outbox.touch(aboutOverdue(workspaceId), now, new Date(now.getTime() - LATE_STAYS_TRUE_MS))

/** Reminders are updated for this long after they were sent. */
export const UPDATED_FOR_MS = 35 * 86_400_000

/** Call when what a unit owes changed: updates the reminders of its leaders and of colleagues who help them. */
export async function followReminders(
  tx: Tx,
  campaignId: string,
  unit: { workspaceId: string; unitId: string },
  now: Date,
): Promise<void> {
  const since = new Date(now.getTime() - UPDATED_FOR_MS)
  const people = new Set(await tx.handovers.helpersOf(campaignId, unit.unitId))
  for (const role of ['head', 'deputy'] as const)
    for (const { id } of await tx.people.withRoleIn(unit.workspaceId, unit.unitId, role)) people.add(id)
  for (const id of people) await tx.outbox.touch(aboutReminders(id), now, since)
  await followOverdue(tx, unit.workspaceId, now)
}
