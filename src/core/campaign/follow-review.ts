import { UPDATED_FOR_MS } from '../outbox/follow.js'
import type { Tx } from '../ports.js'
import type { ReviewKind } from './review.js'

/** Call when a review was moved to another date: updates the newest reminder about it of each person. */
export async function followReview(
  tx: Tx,
  { workspaceId, id }: { workspaceId: string; id: string },
  kind: ReviewKind,
  now: Date,
): Promise<void> {
  const keys = await tx.reminders.latestOf(id, kind, new Date(now.getTime() - UPDATED_FOR_MS))
  await tx.outbox.touchLater(workspaceId, keys, now)
}
