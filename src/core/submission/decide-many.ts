import type { Campaign } from '../campaign/campaign.js'
import { settingsOf } from '../campaign/read-settings.js'
import { authorize } from '../people/access.js'
import type { UseCase } from '../use-case.js'
import { accept, confirm, find, refuseState, type SubmissionRef } from './decide.js'
import { notifyOutcome } from './notify.js'
import { awaitingBoard } from './state.js'
import type { Submission } from './submission.js'
import { change } from './transition.js'

/**
 * Takes back a confirmation as the head, until the Command Board has accepted; the evidence waits for the head again and its
 * author is told. A repeated press changes nothing. Throws `access.denied`, `submission.state_changed`.
 */
export async function unconfirm(use: UseCase, campaign: Campaign, of: SubmissionRef): Promise<Submission> {
  const submission = await find(use, of)
  const { actor } = use
  authorize(actor, 'submission.unconfirm', submission.unitId)
  if (submission.state !== 'confirmed') {
    const last = await use.tx.submissions.lastEvent(submission.id)
    if (submission.state === 'submitted' && last?.what === 'unconfirmed' && last.byId === actor.person.id)
      return submission
    await refuseState(use, campaign, submission)
  }
  const after = await change(use, campaign, submission, 'submitted', null, 'unconfirmed')
  if (submission.authorId !== actor.person.id)
    await notifyOutcome(use, after, { state: 'unconfirmed', by: actor.person.fullName, reason: null })
  return after
}

/** What a decision on everything that waits did. */
export interface DecidedMany {
  done: readonly Submission[]
  /** What was handed in, edited or confirmed since it was seen, and still waits. */
  later: readonly Submission[]
}

/** Decided at once at most; what is beyond waits for the next press. */
const maxAtOnce = 500

/**
 * Confirms everything of a unit that waits for its head, as it was seen: `upTo` is the id of the newest change of state that
 * the person saw (`Submissions.newestEvent`). What changed later stays. Throws `access.denied`.
 */
export async function confirmAll(use: UseCase, campaign: Campaign, unitId: string, upTo: string): Promise<DecidedMany> {
  authorize(use.actor, 'submission.confirm', unitId)
  const waiting = await use.tx.submissions.waitingOf(campaign.id, unitId, maxAtOnce)
  return eachAsSeen(use, waiting, upTo, (s) => confirm(use, campaign, s))
}

/** Accepts everything of a unit that waits for the Command Board, as `confirmAll` does. Throws `access.denied`. */
export async function acceptAll(use: UseCase, campaign: Campaign, unitId: string, upTo: string): Promise<DecidedMany> {
  const { tx, actor, now } = use
  authorize(actor, 'submission.accept')
  const states = awaitingBoard((await settingsOf(tx, actor.workspaceId)).headConfirms)
  const personId = actor.person.id
  const page = { unitId, campaignId: campaign.id, states, personId, now, limit: maxAtOnce, offset: 0 }
  const waiting = (await tx.desk.queue(page)).map((item) => item.submission)
  return eachAsSeen(use, waiting, upTo, (s) => accept(use, campaign, s, null))
}

async function eachAsSeen(
  { tx }: UseCase,
  waiting: readonly Submission[],
  upTo: string,
  decide: (submission: Submission) => Promise<Submission>,
): Promise<DecidedMany> {
  const done: Submission[] = []
  const later: Submission[] = []
  for (const submission of waiting) {
    const last = await tx.submissions.lastEvent(submission.id)
    // Ids of events sort by time.
    if (last && last.id > upTo) later.push(submission)
    else done.push(await decide(submission))
  }
  return { done, later }
}
