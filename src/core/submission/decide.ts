import { type Campaign, submissionNumber } from '../campaign/campaign.js'
import { settingsOf } from '../campaign/read-settings.js'
import { UserError } from '../errors.js'
import { aboutSubmission } from '../outbox/topics.js'
import { authorize, belongsTo, may } from '../people/access.js'
import { reports } from '../people/unit.js'
import { rejectSecrecyStamps } from '../secrecy.js'
import type { UseCase } from '../use-case.js'
import type { SubmissionContent } from './content.js'
import { moveInTally } from './evidence-changed.js'
import { notifyHeads, notifyHeadsOfReturn, notifyOfNew, notifyOutcome } from './notify.js'
import { awaitingBoard } from './state.js'
import { formKey, type Submission } from './submission.js'
import { change, mustBecome, record, refuseState } from './transition.js'

export { refuseState }

/**
 * Hands in one achievement: stores it, gives it a number, and tells the author and the heads of the unit. A repetition
 * of the same `requestKey` stores nothing and returns the stored submission. Throws `access.denied` for a unit that the
 * person may not hand in for.
 */
export async function submit(
  use: UseCase,
  campaign: Campaign,
  content: SubmissionContent,
  requestKey: string | null,
): Promise<Submission> {
  const earlier = requestKey && (await use.tx.submissions.byRequest(use.actor.workspaceId, requestKey))
  return earlier || store(use, campaign, content, requestKey)
}

async function store(
  use: UseCase,
  campaign: Campaign,
  content: SubmissionContent,
  requestKey: string | null,
): Promise<Submission> {
  const { tx, actor, now } = use
  await mayHandIn(use, content.unitId)
  const submission: Submission = {
    id: use.newId(),
    workspaceId: actor.workspaceId,
    campaignId: campaign.id,
    unitId: content.unitId,
    criterion: content.criterion,
    number: await tx.submissions.nextNumber(campaign.id),
    state: 'submitted',
    text: content.text,
    doneOn: content.doneOn,
    figure: content.figure,
    figureUnit: content.figureUnit,
    links: content.links,
    authorId: actor.person.id,
    submittedAt: now,
    round: 1,
    onBehalf: !belongsTo(actor, content.unitId),
  }
  await tx.submissions.insert(submission, requestKey)
  await record(use, submission, null, 'submitted', null)
  await moveInTally(tx, campaign, submission, null, 'submitted', now)
  await notifyOfNew(use, submission)
  return submission
}

/**
 * Hands in the content of a form. A draft may be continued on a phone while its original form is still open elsewhere:
 * the same content is then stored once, and different content is another achievement, stored once per `view`.
 */
export async function submitForm(
  use: UseCase,
  campaign: Campaign,
  content: SubmissionContent,
  nonce: string,
  view: string,
): Promise<Submission> {
  const key = formKey(nonce, use.actor.person.id)
  const earlier = await use.tx.submissions.ofForm(use.actor.workspaceId, key)
  // The view is checked first: a repeated request may arrive after the author has revised the submission.
  const repeated =
    earlier.find((s) => s.requestKey === key + view) ??
    earlier.find((s) => s.text === content.text && s.criterion === content.criterion)
  return repeated ?? store(use, campaign, content, key + view)
}

/**
 * Throws `access.denied` unless the person may hand in for the unit: their own, or for the Organisation–Administration
 * Office any that reports.
 */
async function mayHandIn({ tx, actor }: UseCase, unitId: string): Promise<void> {
  if (belongsTo(actor, unitId)) return
  const unit = await tx.units.byId(actor.workspaceId, unitId)
  if (!unit || !reports(unit.kind)) throw new UserError('access.denied', { need: 'submit' })
  authorize(actor, 'submission.submit', unitId)
}

/**
 * Changes a submission's content for its author; a returned or confirmed one goes back to the head. The same `form`
 * changes it once: a retry must not undo later decisions. Throws `access.denied` for anybody but the author,
 * `submission.state_changed` once it is closed.
 */
export async function revise(
  use: UseCase,
  campaign: Campaign,
  of: SubmissionRef,
  content: SubmissionContent,
  form: string | null = null,
): Promise<Submission> {
  const before = await own(use, of)
  await mayHandIn(use, content.unitId)
  const { tx, actor, now } = use
  if (form && !(await tx.processedEvents.firstTime(actor.workspaceId, formKey(form, actor.person.id), now)))
    return before
  return rewrite(use, campaign, before, content)
}

/**
 * Changes a submission's content without checking who acts; also called with the same content when its files changed.
 * Throws as `revise`.
 */
export async function rewrite(
  use: UseCase,
  campaign: Campaign,
  before: Submission,
  content: SubmissionContent,
): Promise<Submission> {
  const { tx, actor } = use
  const { id } = before
  await mustBecome(use, campaign, before, 'submitted')
  await moveInTally(tx, campaign, before, before.state, null, use.now)
  // A head with an unanswered request sees it updated; one who has answered gets a new request.
  const needsNewRequest = before.state !== 'submitted' || before.unitId !== content.unitId
  const onBehalf = content.unitId === before.unitId ? before.onBehalf : !belongsTo(actor, content.unitId)
  const round = before.round + (needsNewRequest ? 1 : 0)
  const after: Submission = { ...before, ...content, state: 'submitted', round, onBehalf }
  await tx.submissions.updateContent(after, use.now)
  await moveInTally(tx, campaign, after, null, 'submitted', use.now)
  const moved = before.unitId !== after.unitId
  await record(use, after, before.state, 'submitted', null, moved ? { fromUnitId: before.unitId } : {})
  await tx.outbox.touch(aboutSubmission(id), use.now)
  if (needsNewRequest) await notifyHeads(use, after)
  return after
}

/**
 * Confirms as the head. `seen`: id of the event whose content the person saw (`Submissions.lastWriting`); null:
 * whatever is current. Throws `access.denied`, `submission.state_changed` naming who acted first,
 * `submission.rewritten` when the content has changed since it was seen.
 */
export async function confirm(
  use: UseCase,
  campaign: Campaign,
  of: SubmissionRef,
  seen: string | null = null,
): Promise<Submission> {
  return decide(use, campaign, of, 'confirmed', null, seen)
}

/**
 * Accepts as the Command Board; final for the author. Throws as `confirm`, and `submission.head_first` while the head's
 * confirmation is required and missing.
 */
export async function accept(
  use: UseCase,
  campaign: Campaign,
  of: SubmissionRef,
  seen: string | null,
): Promise<Submission> {
  return decide(use, campaign, of, 'accepted', null, seen)
}

/**
 * Returns as the head, or as the Command Board also after the head's confirmation, with a reason for the author; the
 * heads are told of the Board's return. Throws as `confirm`, `return.reason_empty`, and FormError where the reason
 * bears a secrecy stamp.
 */
export async function returnToAuthor(
  use: UseCase,
  campaign: Campaign,
  of: SubmissionRef,
  reason: string,
  seen: string | null = null,
): Promise<Submission> {
  if (reason.trim() === '') throw new UserError('return.reason_empty', {})
  rejectSecrecyStamps({ reason })
  return decide(use, campaign, of, 'returned', reason.trim(), seen)
}

/** The submission that the person may return now, before they are asked for a reason. Throws as `returnToAuthor`. */
export async function returnable(
  use: UseCase,
  campaign: Campaign,
  of: SubmissionRef,
  seen: string | null = null,
): Promise<Submission> {
  const submission = await visible(use, of)
  authorize(use.actor, 'submission.return', submission.unitId)
  if (!(await isUpTo(use, submission, 'returned'))) await refuseState(use, campaign, submission)
  if (seen !== null) await mustStandAsSeen(use, campaign, submission, seen)
  return submission
}

/**
 * Withdraws the actor's own submission; a repetition changes nothing. Throws `access.denied`,
 * `submission.state_changed`.
 */
export async function withdraw(use: UseCase, campaign: Campaign, of: SubmissionRef): Promise<Submission> {
  const submission = await own(use, of)
  if (submission.state === 'withdrawn') return submission
  return change(use, campaign, submission, 'withdrawn', null)
}

/** A submission: its id, or its row where this transaction has read it already. */
export type SubmissionRef = string | Submission

/** One submission of the workspace; checks no permission. Throws `submission.not_found`. */
export async function find({ tx, actor }: UseCase, of: SubmissionRef): Promise<Submission> {
  const submission = typeof of === 'string' ? await tx.submissions.byId(actor.workspaceId, of) : of
  if (!submission) throw new UserError('submission.not_found', {})
  return submission
}

/** One submission, for its author and people who may see its unit. Throws `submission.not_found`, `access.denied`. */
export async function visible(use: UseCase, of: SubmissionRef): Promise<Submission> {
  const submission = await find(use, of)
  authorize(use.actor, 'submission.see', submission)
  return submission
}

/** One submission, for its author only. Throws `submission.not_found`, `access.denied`. */
export async function own(use: UseCase, of: SubmissionRef): Promise<Submission> {
  const submission = await visible(use, of)
  authorize(use.actor, 'submission.edit', submission.authorId)
  return submission
}

/** One's own withdrawn submission, to be handed in again. Throws as `own`, `submission.state_changed`. */
export async function withdrawn(use: UseCase, campaign: Campaign, of: SubmissionRef): Promise<Submission> {
  const submission = await own(use, of)
  if (submission.state !== 'withdrawn') await refuseState(use, campaign, submission)
  return submission
}

type Decision = 'confirmed' | 'accepted' | 'returned'

async function decide(
  use: UseCase,
  campaign: Campaign,
  of: SubmissionRef,
  to: Decision,
  reason: string | null,
  seen: string | null = null,
): Promise<Submission> {
  const { tx, actor } = use
  const submission = await find(use, of)
  if (to === 'accepted') authorize(actor, 'submission.accept')
  else authorize(actor, to === 'returned' ? 'submission.return' : 'submission.confirm', submission.unitId)
  if (!(await isUpTo(use, submission, to))) {
    const last = await tx.submissions.lastEvent(submission.id)
    // A repeated press by the same person, or a retry by the chat.
    if (submission.state === to && last?.byId === actor.person.id) return submission
    const number = submissionNumber(campaign, submission.number)
    if (to === 'accepted' && submission.state === 'submitted') throw new UserError('submission.head_first', { number })
    await refuseState(use, campaign, submission)
  }
  if (seen !== null) await mustStandAsSeen(use, campaign, submission, seen)
  const after = await change(use, campaign, submission, to, reason)
  const by = actor.person.fullName
  if (submission.authorId !== actor.person.id) await notifyOutcome(use, after, { state: to, by, reason })
  if (to === 'returned' && !may(actor, 'submission.confirm', submission.unitId))
    await notifyHeadsOfReturn(use, after, reason)
  return after
}

/**
 * Whether the decision is open to this person now: the head's before the Board's, the Board's until it has accepted.
 */
async function isUpTo({ tx, actor }: UseCase, { state }: Submission, to: Decision): Promise<boolean> {
  if (to === 'accepted') return awaitingBoard((await settingsOf(tx, actor.workspaceId)).headConfirms).includes(state)
  return state === 'submitted' || (state === 'confirmed' && to === 'returned' && may(actor, 'submission.accept'))
}

async function mustStandAsSeen(use: UseCase, campaign: Campaign, submission: Submission, seen: string): Promise<void> {
  const writing = await use.tx.submissions.lastWriting(submission.id)
  if (!writing || writing.id === seen) return
  const number = submissionNumber(campaign, submission.number)
  throw new UserError('submission.rewritten', { number, by: writing.byName, at: writing.at })
}
