import type { Tx } from '../ports.js'
import { aboutOverdue, aboutReminders } from './topics.js'

/** From the hour of the digest to midnight. */
const LATE_STAYS_TRUE_MS = 16 * 3_600_000

/** What late units owe, or how often they were reminded, changed: the digests of the day follow. */
export const followLate = (tx: Tx, workspaceId: string, now: Date): Promise<void> =>
  tx.outbox.touch(aboutOverdue(workspaceId), now, new Date(now.getTime() - LATE_STAYS_TRUE_MS))

/** Reminders of one person are kept true for this long after they were sent. */
export const STAYS_TRUE_MS = 35 * 86_400_000
/** What a unit owes changed: the reminders of those who lead it, and of those who help them, follow. */
export async function followReminders(
  tx: Tx,
  campaignId: string,
  unit: { workspaceId: string; unitId: string },
  now: Date,
): Promise<void> {
  const since = new Date(now.getTime() - STAYS_TRUE_MS)
  const people = new Set(await tx.handovers.helpersOf(campaignId, unit.unitId))
  for (const role of ['head', 'deputy'] as const)
    for (const { id } of await tx.people.withRoleIn(unit.workspaceId, unit.unitId, role)) people.add(id)
  for (const id of people) await tx.outbox.touch(aboutReminders(id), now, since)
  await followLate(tx, unit.workspaceId, now)
}
