import { type Campaign, submissionNumber } from '../campaign/campaign.js'
import { settingsOf } from '../campaign/read-settings.js'
import { UserError } from '../errors.js'
import { aboutSubmission } from '../outbox/topics.js'
import { authorize, belongsTo, may } from '../people/access.js'
import { reports } from '../people/unit.js'
import { mustBearNoSecret } from '../secrecy.js'
import type { UseCase } from '../use-case.js'
import type { SubmissionContent } from './content.js'
import { moveInTally } from './evidence-changed.js'
import { tellHeads, tellHeadsOfReturn, tellOfNew, tellOutcome } from './notify.js'
import { awaitingBoard } from './state.js'
import { formKey, type Submission } from './submission.js'
import { change, mustBecome, record, refuseState } from './transition.js'

export { refuseState }

/**
 * Hands in one achievement: stores it, gives it a number, and tells the author and the heads of the unit.
 * The same `requestKey` stores once and gives back what it stored.
 * Throws `access.denied` (another unit).
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
  // Field by field: an object of this size that is spread into another leaves more behind than it holds.
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
  await tellOfNew(use, submission)
  return submission
}

/**
 * Hands in what was written into a form. A draft may be taken up on a phone while the form it came from is still open
 * elsewhere: the same words are stored once, other words are another achievement, once a `view`.
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
  // The view first: its repeat may come after the author has mended what it handed in.
  const repeated =
    earlier.find((s) => s.requestKey === key + view) ??
    earlier.find((s) => s.text === content.text && s.criterion === content.criterion)
  return repeated ?? store(use, campaign, content, key + view)
}

/** A unit of one's own, or for the Organisation–Administration Office any that reports. */
async function mayHandIn({ tx, actor }: UseCase, unitId: string): Promise<void> {
  if (belongsTo(actor, unitId)) return
  const unit = await tx.units.byId(actor.workspaceId, unitId)
  if (!unit || !reports(unit.kind)) throw new UserError('access.denied', { need: 'submit' })
  authorize(actor, 'submission.submit', unitId)
}

/**
 * Changes what the author wrote; what was returned or confirmed goes back to the head. The same `form` changes it once: its
 * repeat would take back what was decided since.
 * Throws `access.denied` unless the author acts, `submission.state_changed` once it is closed.
 */
export async function revise(
  use: UseCase,
  campaign: Campaign,
  id: string,
  content: SubmissionContent,
  form: string | null = null,
): Promise<Submission> {
  const before = await own(use, id)
  await mayHandIn(use, content.unitId)
  const { tx, actor, now } = use
  if (form && !(await tx.seen.firstTime(actor.workspaceId, formKey(form, actor.person.id), now))) return before
  return rewrite(use, campaign, before, content)
}

/** Changes what stands there, for whoever may; with the same content, what belongs to it has changed. Throws as `revise` does. */
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
  // A head who still has the unanswered message sees it change; one who answered is asked anew.
  const anew = before.state !== 'submitted' || before.unitId !== content.unitId
  const onBehalf = content.unitId === before.unitId ? before.onBehalf : !belongsTo(actor, content.unitId)
  const round = before.round + (anew ? 1 : 0)
  const after: Submission = { ...before, ...content, state: 'submitted', round, onBehalf }
  await tx.submissions.updateContent(after, use.now)
  await moveInTally(tx, campaign, after, null, 'submitted', use.now)
  const moved = before.unitId !== after.unitId
  await record(use, after, before.state, 'submitted', null, moved ? { fromUnitId: before.unitId } : {})
  await tx.outbox.touch(aboutSubmission(id), use.now)
  if (anew) await tellHeads(use, after)
  return after
}

/**
 * The head's confirmation. `seen` is the writing that the person had before their eyes (`Submissions.lastWriting`), null for
 * whatever stands there now.
 * Throws `access.denied`, `submission.state_changed` naming who was first, and `submission.rewritten` when something else
 * stands there than was seen.
 */
export async function confirm(
  use: UseCase,
  campaign: Campaign,
  id: string,
  seen: string | null = null,
): Promise<Submission> {
  return decide(use, campaign, id, 'confirmed', null, seen)
}

/**
 * The Command Board's acceptance, final for the author. Throws as `confirm` does, and `submission.head_first` while the
 * head's confirmation is needed and has not been given.
 */
export async function accept(use: UseCase, campaign: Campaign, id: string, seen: string | null): Promise<Submission> {
  return decide(use, campaign, id, 'accepted', null, seen)
}

/**
 * The return by the head, or by the Command Board also after the head confirmed, with a reason for the author; the heads
 * learn of the Board's. Throws as `confirm` does, `return.reason_empty`, and FormError where the reason bears the mark of
 * a state secret.
 */
export async function returnToAuthor(
  use: UseCase,
  campaign: Campaign,
  id: string,
  reason: string,
  seen: string | null = null,
): Promise<Submission> {
  if (reason.trim() === '') throw new UserError('return.reason_empty', {})
  mustBearNoSecret({ reason })
  return decide(use, campaign, id, 'returned', reason.trim(), seen)
}

/** What the person may return now, before they are asked why. Throws as `returnToAuthor` does. */
export async function returnable(
  use: UseCase,
  campaign: Campaign,
  id: string,
  seen: string | null = null,
): Promise<Submission> {
  const submission = await visible(use, id)
  authorize(use.actor, 'submission.return', submission.unitId)
  if (!(await isUpTo(use, submission, 'returned'))) await refuseState(use, campaign, submission)
  if (seen !== null) await mustStandAsSeen(use, campaign, submission, seen)
  return submission
}

/** Takes back what one handed in oneself; twice is once. Throws `access.denied`, `submission.state_changed`. */
export async function withdraw(use: UseCase, campaign: Campaign, id: string): Promise<Submission> {
  const submission = await own(use, id)
  if (submission.state === 'withdrawn') return submission
  return change(use, campaign, submission, 'withdrawn', null)
}

/** One submission, for those who may see its unit or wrote it. Throws `submission.not_found`, `access.denied`. */
export async function visible(use: UseCase, id: string): Promise<Submission> {
  const submission = await use.tx.submissions.byId(use.actor.workspaceId, id)
  if (!submission) throw new UserError('submission.not_found', {})
  authorize(use.actor, 'submission.see', submission)
  return submission
}

/** One submission, for its author alone. Throws `submission.not_found`, `access.denied`. */
export async function own(use: UseCase, id: string): Promise<Submission> {
  const submission = await visible(use, id)
  authorize(use.actor, 'submission.edit', submission.authorId)
  return submission
}

/** One's own submission that was withdrawn, to be handed in anew. Throws as `own` does, `submission.state_changed`. */
export async function withdrawn(use: UseCase, campaign: Campaign, id: string): Promise<Submission> {
  const submission = await own(use, id)
  if (submission.state !== 'withdrawn') await refuseState(use, campaign, submission)
  return submission
}

type Decision = 'confirmed' | 'accepted' | 'returned'

async function decide(
  use: UseCase,
  campaign: Campaign,
  id: string,
  to: Decision,
  reason: string | null,
  seen: string | null = null,
): Promise<Submission> {
  const { tx, actor } = use
  const submission = await tx.submissions.byId(actor.workspaceId, id)
  if (!submission) throw new UserError('submission.not_found', {})
  if (to === 'accepted') authorize(actor, 'submission.accept')
  else authorize(actor, to === 'returned' ? 'submission.return' : 'submission.confirm', submission.unitId)
  if (!(await isUpTo(use, submission, to))) {
    const last = await tx.submissions.lastEvent(submission.id)
    // A second press by the same person, or the chat's own repeat of the first: done already, nothing to say.
    if (submission.state === to && last?.byId === actor.person.id) return submission
    const number = submissionNumber(campaign, submission.number)
    if (to === 'accepted' && submission.state === 'submitted') throw new UserError('submission.head_first', { number })
    await refuseState(use, campaign, submission)
  }
  if (seen !== null) await mustStandAsSeen(use, campaign, submission, seen)
  const after = await change(use, campaign, submission, to, reason)
  const by = actor.person.fullName
  if (submission.authorId !== actor.person.id) await tellOutcome(use, after, { state: to, by, reason })
  if (to === 'returned' && !may(actor, 'submission.confirm', submission.unitId))
    await tellHeadsOfReturn(use, after, reason)
  return after
}

/** Whether this decision is now this person's: the head's before the Board's, and the Board's as long as it has not accepted. */
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
