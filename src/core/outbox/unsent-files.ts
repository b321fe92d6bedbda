import type { UseCase } from '../use-case.js'
import type { ConfiguredAdmins } from './in-charge.js'
import type { Work } from './outbox.js'
import { notifyUndelivered } from './undelivered.js'

/** The key of the background work that a message about unsent files is about, and the topic of that message. */
export const aboutUnsent = (workKey: string): string => `${workKey}:`

/**
 * Call when files that a person asked for could not be sent for good: tells the person, who can ask for them again, and with
 * the failures of the day the Organisation–Administration Office and the admins.
 */
export async function notifyUnsentFiles(
  use: Pick<UseCase, 'tx' | 'now' | 'timeZone'>,
  work: Work,
  admins: ConfiguredAdmins,
): Promise<void> {
  const { workspaceId, key, personId, payload } = work
  const { campaignId, submissionId } = payload
  const about = { of: key, ...(submissionId ? { submissionId } : { campaignId }) }
  const message = { workspaceId, key: `${aboutUnsent(key)}unsent`, personId, payload: about, dueAt: use.now }
  await use.tx.outbox.add({ ...message, kind: 'files.unsent' }, use.now)
  // A second failure, after somebody had them sent again.
  await use.tx.outbox.touch(aboutUnsent(key), use.now)
  await notifyUndelivered(use, { workspaceId, kind: work.kind, ts: null }, admins)
}
