import { addDays, instantAt, localDate } from '../date.js'
import { authorize } from '../people/access.js'
import type { UseCase } from '../use-case.js'
import { type SubmissionRef, visible } from './decide.js'
import type { Submission } from './submission.js'

/**
 * Moves a submission to the end of the desk's queue until tomorrow, for this member of the Command Board alone. Throws
 * `access.denied`.
 */
export async function postpone(use: UseCase, of: SubmissionRef): Promise<Submission> {
  authorize(use.actor, 'submission.accept')
  const submission = await visible(use, of)
  const tomorrow = addDays(localDate(use.now, use.timeZone), 1)
  await use.tx.desk.postpone(submission, use.actor.person.id, instantAt(tomorrow, '00:00', use.timeZone))
  return submission
}
