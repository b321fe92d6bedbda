import { notifyOrgOffice } from '../outbox/notify-office.js'
import type { NewMessage, NoticeKind } from '../outbox/outbox.js'
import { aboutSubmission } from '../outbox/topics.js'
import { leadersOf } from '../people/leaders.js'
import type { UseCase } from '../use-case.js'
import type { Submission } from './submission.js'

function toAuthor(
  { now }: UseCase,
  submission: Submission,
  kind: NoticeKind,
  once: string,
  about: Record<string, unknown> = {},
): NewMessage {
  return {
    workspaceId: submission.workspaceId,
    key: `${aboutSubmission(submission.id)}${once}`,
    kind,
    personId: submission.authorId,
    payload: { submissionId: submission.id, ...about },
    dueAt: now,
  }
}

/** Sends the author a receipt, and asks the unit's heads to confirm as `notifyHeads` does. */
export async function notifyOfNew(use: UseCase, submission: Submission): Promise<void> {
  const receipt = toAuthor(use, submission, 'submission.receipt', 'receipt')
  await use.tx.outbox.addAll([receipt, ...(await toHeads(use, submission))], use.now)
}

/** Tells the author the decision. */
export async function notifyOutcome(
  use: UseCase,
  submission: Submission,
  about: Record<string, unknown>,
): Promise<void> {
  const message = toAuthor(use, submission, 'submission.outcome', `outcome:${use.newId()}`, about)
  await use.tx.outbox.add(message, use.now)
}

/**
 * Asks the unit's heads to confirm, or its deputies where it has no head. Where it has neither, tells the
 * Organisation–Administration Office, once per unit.
 */
export async function notifyHeads(use: UseCase, submission: Submission): Promise<void> {
  await use.tx.outbox.addAll(await toHeads(use, submission), use.now)
}

async function toHeads(use: UseCase, submission: Submission): Promise<NewMessage[]> {
  const { workspaceId, unitId, round } = submission
  const heads = await leadersOf(use.tx, workspaceId, unitId)
  if (heads.length === 0) await notifyOrgOffice(use, 'headless', unitId, { unitId })
  return heads.map((head) => ({
    workspaceId,
    key: `${aboutSubmission(submission.id)}request:${round}:${head.id}`,
    kind: 'submission.request',
    personId: head.id,
    payload: { submissionId: submission.id, round },
    dueAt: use.now,
  }))
}

/** Tells the unit's heads, except the author, that the Command Board returned a submission of their unit. */
export async function notifyHeadsOfReturn(use: UseCase, submission: Submission, reason: string | null): Promise<void> {
  const { tx, now, actor } = use
  const { workspaceId, unitId, authorId } = submission
  const once = use.newId()
  for (const head of await leadersOf(tx, workspaceId, unitId)) {
    if (head.id === authorId) continue
    await tx.outbox.add(
      {
        workspaceId,
        key: `${aboutSubmission(submission.id)}board_returned:${once}:${head.id}`,
        kind: 'submission.board_returned',
        personId: head.id,
        payload: { submissionId: submission.id, by: actor.person.fullName, reason },
        dueAt: now,
      },
      now,
    )
  }
}
