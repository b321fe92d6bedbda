import { audit } from '../audit/append.js'
import type { AuditAction } from '../audit/audit.js'
import { type Campaign, submissionNumber } from '../campaign/campaign.js'
import { UserError } from '../errors.js'
import { aboutSubmission } from '../outbox/topics.js'
import type { UseCase } from '../use-case.js'
import { moveInTally } from './evidence-changed.js'
import { mayBecome, type SubmissionState } from './state.js'
import type { Submission, SubmissionEvent } from './submission.js'

/** Changes a submission's state with everything that follows from it. Throws `submission.state_changed`. */
export async function change(
  use: UseCase,
  campaign: Campaign,
  submission: Submission,
  to: SubmissionState,
  reason: string | null,
  what: SubmissionEvent['what'] = null,
): Promise<Submission> {
  await mustBecome(use, campaign, submission, to)
  await use.tx.submissions.setState(use.actor.workspaceId, submission.id, to, use.now)
  await moveInTally(use.tx, campaign, submission, submission.state, to, use.now)
  await record(use, submission, submission.state, to, reason, {}, what)
  await use.tx.outbox.touch(aboutSubmission(submission.id), use.now)
  return { ...submission, state: to }
}

/**
 * Throws `submission.state_changed` where the transition is not allowed, `campaign.other` for another campaign's
 * submission.
 */
export async function mustBecome(
  use: UseCase,
  campaign: Campaign,
  submission: Submission,
  to: SubmissionState,
): Promise<void> {
  if (submission.campaignId !== campaign.id) throw new UserError('campaign.other', {})
  if (!mayBecome(submission.state, to)) await refuseState(use, campaign, submission)
}

/** Always throws `submission.state_changed`, naming who acted first and the outcome. */
export async function refuseState(use: UseCase, campaign: Campaign, submission: Submission): Promise<never> {
  const last = await use.tx.submissions.lastEvent(submission.id)
  throw new UserError('submission.state_changed', {
    number: submissionNumber(campaign, submission.number),
    state: submission.state,
    by: last?.byName ?? '',
    at: last?.at ?? submission.submittedAt,
  })
}

/** Records one change of state in the submission's history and in the log. */
export async function record(
  use: UseCase,
  submission: Submission,
  from: SubmissionState | null,
  to: SubmissionState,
  reason: string | null,
  about?: Record<string, unknown>,
  what: SubmissionEvent['what'] = null,
): Promise<void> {
  const event: SubmissionEvent = {
    id: use.newId(),
    submissionId: submission.id,
    from,
    to,
    byId: use.actor.person.id,
    at: use.now,
    reason,
    what,
  }
  await use.tx.submissions.addEvent(use.actor.workspaceId, event)
  const action = what
    ? `submission.${what}`
    : to !== 'submitted'
      ? `submission.${to}`
      : from === null
        ? 'submission.submitted'
        : 'submission.revised'
  const { unitId, criterion, number, onBehalf } = submission
  // JSON drops undefined values.
  const data = { number, unitId, criterion, from, to, onBehalf: onBehalf || undefined }
  await audit(use, action as AuditAction, `submission:${submission.id}`, about ? Object.assign(data, about) : data)
}
