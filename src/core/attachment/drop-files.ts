import { audit } from '../audit/append.js'
import { UserError } from '../errors.js'
import { aboutDrop, aboutSubmission } from '../outbox/topics.js'
import { authorize, handsIn } from '../people/access.js'
import type { Tx } from '../ports.js'
import { secrecyMarkInLinks } from '../secrecy.js'
import type { Submission } from '../submission/submission.js'
import type { UseCase } from '../use-case.js'
import { attach, awaitFiles, checkFiles, nextPosition, notifyOutcome, secretMarkIn } from './attach.js'
import { type Attachment, type IncomingFile, MAX_FILES } from './attachment.js'
import type { FileDrop } from './file-drop.js'

const RETENTION_DAYS = 30
const RETENTION_MS = RETENTION_DAYS * 86_400_000

/** How much of a message's text is stored with its files, in UTF-16 units: the rest is cut. A form shows less. */
const MAX_TEXT = 6000

/**
 * Stores files and text that a person sent before there is a submission, and queues the download of the files. `card`:
 * also sends a message that lists the files and is updated with their state. The same `requestKey` stores once. Throws
 * `person.no_unit` for a person without a unit, and `submission.secret` or `attachment.secret` for a secrecy stamp.
 */
export async function storeDrop(
  use: UseCase,
  given: { text: string; files: readonly IncomingFile[] },
  requestKey: string | null,
  card: boolean,
): Promise<FileDrop> {
  const { tx, actor, now } = use
  const { workspaceId } = actor
  const files = given.files.slice(0, MAX_FILES)
  const earlier = requestKey ? await tx.drops.byRequest(workspaceId, requestKey) : undefined
  if (earlier) return earlier
  if (!handsIn(actor)) throw new UserError('person.no_unit', {})
  const mark = secrecyMarkInLinks(given.text)
  if (mark) throw new UserError('submission.secret', { mark })
  const nameMark = secretMarkIn(files)
  if (nameMark) throw new UserError('attachment.secret', { mark: nameMark })
  const drop = await insert(use, use.newId(), given.text.slice(0, MAX_TEXT), requestKey)
  await awaitFiles(use, { dropId: drop.id }, files, [])
  if (card)
    await tx.outbox.add(
      {
        workspaceId,
        key: `${aboutDrop(drop.id)}card`,
        kind: 'drop.card',
        personId: actor.person.id,
        payload: { dropId: drop.id, tooMany: given.files.length - files.length },
        dueAt: now,
      },
      now,
    )
  return drop
}

async function insert(use: UseCase, id: string, text: string, requestKey: string | null): Promise<FileDrop> {
  const { workspaceId, person } = use.actor
  const drop: FileDrop = { id, workspaceId, personId: person.id, text, createdAt: use.now, submissionId: null }
  await use.tx.drops.insert(drop, requestKey)
  return drop
}

/**
 * Stores the files of a form that is shown to its author again, in a file drop under the form's nonce, because a chat
 * may forget which files were chosen. Throws FormError at `field`, `request.stale` for a nonce of another person or of
 * a used drop.
 */
export async function storeFormFiles(
  use: UseCase,
  nonce: string,
  files: readonly IncomingFile[],
  field: string,
): Promise<void> {
  const { tx, actor } = use
  const there = await tx.drops.byId(actor.workspaceId, nonce)
  if (there && (there.personId !== actor.person.id || there.submissionId)) throw new UserError('request.stale', {})
  const drop = there ?? (await insert(use, nonce, '', null))
  const known = await tx.attachments.ofDrop(actor.workspaceId, drop.id)
  const fresh = files.filter((f) => !known.some((a) => a.fileId === f.id))
  checkFiles(fresh, field, known.filter((a) => a.state !== 'failed').length)
  await awaitFiles(use, { dropId: drop.id }, fresh, known)
  await tx.outbox.touch(aboutDrop(drop.id), use.now)
}

/** The person's own file drop without a submission. Throws `drop.gone`, `access.denied` for another person's. */
export async function ownDrop({ tx, actor, now }: UseCase, id: string): Promise<FileDrop> {
  const drop = await tx.drops.byId(actor.workspaceId, id)
  if (!drop || now.getTime() - drop.createdAt.getTime() > RETENTION_MS) throw new UserError('drop.gone', {})
  authorize(actor, 'draft.open', drop.personId)
  if (drop.submissionId) throw new UserError('drop.gone', {})
  return drop
}

/** The files of the person's own file drop; none if there is no such drop or it became a submission. */
export async function ownDropFiles({ tx, actor }: UseCase, id: string): Promise<Attachment[]> {
  const drop = await tx.drops.byId(actor.workspaceId, id)
  if (drop?.personId !== actor.person.id || drop.submissionId) return []
  return tx.attachments.ofDrop(actor.workspaceId, id)
}

/**
 * Moves the files of the person's own file drop to a submission, once, and adds those of the form. Files whose download
 * failed are reported, because the person may not have seen it in the form. Another person's drop, or one that is gone, is
 * ignored. Throws FormError at `field`.
 */
export async function attachWithDrop(
  use: UseCase,
  submission: Submission,
  dropId: string | null,
  files: readonly IncomingFile[],
  field: string,
): Promise<void> {
  const { tx, actor } = use
  const drop = dropId ? await tx.drops.byId(actor.workspaceId, dropId) : undefined
  if (drop?.personId === actor.person.id && !drop.submissionId) {
    const dropped = await tx.attachments.ofDrop(actor.workspaceId, drop.id)
    const known = await tx.attachments.ofSubmission(actor.workspaceId, submission.id)
    checkFiles(files, field, [...dropped, ...known].filter((a) => a.state !== 'failed').length)
    let position = nextPosition(known)
    for (const file of dropped) await tx.attachments.move(file.id, submission.id, position++)
    await tx.drops.use(drop.id, submission.id)
    if (dropped.length > 0)
      await audit(use, 'attachment.added', `submission:${submission.id}`, { attachments: dropped.map((a) => a.id) })
    for (const file of dropped) await notifyOutcome(use, submission.id, file)
    await tx.outbox.touch(aboutDrop(drop.id), use.now)
    await tx.outbox.touch(aboutSubmission(submission.id), use.now)
  }
  await attach(use, submission, files, field)
}

/** Deletes file drops that became no submission within 30 days. */
export const sweepDrops = (tx: Tx, now: Date): Promise<void> => tx.drops.forget(new Date(now.getTime() - RETENTION_MS))
