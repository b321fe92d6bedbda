import type { NoticeKind } from './outbox.js'
import type { Person } from './person.js'
import type { Tx } from './ports.js'
import type { Submission } from './submission.js'
import type { UseCase } from './use-case.js'

/** Who is told what of a submission. The text is made when it is sent, from how things stand then. */

/** How the keys of all messages about one submission begin: they follow its state. */
export const aboutSubmission = (id: string): string => `submission:${id}:`

export async function tellAuthor(
  use: UseCase,
  submission: Submission,
  kind: NoticeKind,
  once: string,
  about: Record<string, unknown> = {},
): Promise<void> {
  await use.tx.outbox.add(
    {
      workspaceId: submission.workspaceId,
      key: `${aboutSubmission(submission.id)}${once}`,
      kind,
      personId: submission.authorId,
      payload: { submissionId: submission.id, ...about },
      dueAt: use.now,
    },
    use.now,
  )
}

/**
 * Asks the unit's heads to confirm; its deputies where it has no head; where it has neither, the Organisation–
 * Administration Office learns of it, once a unit.
 */
export async function tellHeads(use: UseCase, submission: Submission): Promise<void> {
  const { tx, now } = use
  const { workspaceId, unitId, round } = submission
  const heads = await leaders(tx, workspaceId, unitId)
  if (heads.length === 0) return tellOrgOffice(use, 'headless', unitId, { unitId })
  for (const head of heads) {
    await tx.outbox.add(
      {
        workspaceId,
        key: `${aboutSubmission(submission.id)}request:${round}:${head.id}`,
        kind: 'submission.request',
        personId: head.id,
        payload: { submissionId: submission.id, round },
        dueAt: now,
      },
      now,
    )
  }
}

/** The heads of a unit; its deputies where it has no head. */
async function leaders(tx: Tx, workspaceId: string, unitId: string): Promise<Person[]> {
  const heads = await tx.people.withRoleIn(workspaceId, unitId, 'head')
  return heads.length > 0 ? heads : tx.people.withRoleIn(workspaceId, unitId, 'deputy')
}

/** Tells the unit's heads that the Command Board returned something of their unit; an author among them knows already. */
export async function tellHeadsOfReturn(use: UseCase, submission: Submission, reason: string | null): Promise<void> {
  const { tx, now, actor } = use
  const { workspaceId, unitId, authorId } = submission
  const once = use.newId()
  for (const head of await leaders(tx, workspaceId, unitId)) {
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

/** Tells everyone of the Organisation–Administration Office one thing once; `about` is what it is about. */
export async function tellOrgOffice(
  use: Pick<UseCase, 'tx' | 'now'> & { actor: { workspaceId: string } },
  kind: 'headless' | 'stranger' | 'unreachable',
  about: string,
  payload: Record<string, unknown>,
): Promise<void> {
  const { workspaceId } = use.actor
  for (const person of await use.tx.people.withRole(workspaceId, 'org_office')) {
    await use.tx.outbox.add(
      {
        workspaceId,
        key: `${kind}:${about}:${person.id}`,
        kind,
        personId: person.id,
        payload,
        dueAt: use.now,
      },
      use.now,
    )
  }
}
