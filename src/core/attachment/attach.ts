import { audit } from '../audit/append.js'
import type { Campaign } from '../campaign/campaign.js'
import { type FieldFault, FormError, UserError } from '../errors.js'
import { aboutDrop, aboutSubmission, fetchKey, showKey } from '../outbox/topics.js'
import { authorize } from '../people/access.js'
import { secrecyMarkInFileName } from '../secrecy.js'
import { refuseState, rewrite, visible } from '../submission/decide.js'
import { mayBecome } from '../submission/state.js'
import type { Submission } from '../submission/submission.js'
import type { UseCase } from '../use-case.js'
import { type Attachment, type FailureReason, type IncomingFile, MAX_FILES, type StoredFile } from './attachment.js'
import { safeFileName } from './file-name.js'

/** Faults of files at their field; none is stored where there is one. Throws FormError. */
export function checkFiles(files: readonly IncomingFile[], field: string, have = 0): void {
  const faults: FieldFault[] = []
  if (files.length + have > MAX_FILES)
    faults.push({ field, key: 'attachment.too_many', params: { max: MAX_FILES, have } })
  const mark = files.map((f) => secrecyMarkInFileName(f.name)).find((m) => m !== null)
  if (mark) faults.push({ field, key: 'attachment.secret', params: { mark } })
  if (faults.length > 0) throw new FormError(faults)
}

/** What `check` gives, with its faults and those of the files all at once. Throws FormError. */
export function checkedWith<T>(check: () => T, files: readonly IncomingFile[], field: string): T {
  const faults: FieldFault[] = []
  const collect = <R>(work: () => R): R | undefined => {
    try {
      return work()
    } catch (error) {
      if (!(error instanceof FormError)) throw error
      faults.push(...error.faults)
      return undefined
    }
  }
  const checked = collect(check)
  collect(() => checkFiles(files, field))
  if (faults.length > 0) throw new FormError(faults)
  return checked as T
}

/** Puts down that files are to come, each once, and that their bytes are fetched. Gives what is new. */
export async function awaitFiles(
  use: UseCase,
  owner: { submissionId: string } | { dropId: string },
  files: readonly IncomingFile[],
  known: readonly Attachment[],
): Promise<Attachment[]> {
  const { tx, actor, now } = use
  const { workspaceId } = actor
  const there = new Set(known.filter((a) => a.state !== 'failed').map((a) => a.fileId))
  const added: Attachment[] = []
  for (const file of files) {
    if (there.has(file.id)) continue
    there.add(file.id)
    const attachment: Attachment = {
      id: use.newId(),
      workspaceId,
      submissionId: 'submissionId' in owner ? owner.submissionId : null,
      dropId: 'dropId' in owner ? owner.dropId : null,
      position: nextPosition([...known, ...added]),
      name: safeFileName(file.name),
      kind: null,
      mime: null,
      size: file.size ?? 0,
      sha256: null,
      state: 'waiting',
      reason: null,
      fileId: file.id,
      url: file.url ?? null,
      addedBy: actor.person.id,
      createdAt: now,
      storedAt: null,
    }
    await tx.attachments.insert(attachment)
    const work = { workspaceId, key: fetchKey(attachment.id), personId: actor.person.id, dueAt: now }
    await tx.outbox.add({ ...work, kind: 'attachment.fetch', payload: { attachmentId: attachment.id } }, now)
    added.push(attachment)
  }
  return added
}

export const nextPosition = (files: readonly Attachment[]): number =>
  files.reduce((max, a) => Math.max(max, a.position), -1) + 1

/**
 * Adds files to what has just been handed in or changed; the same file is there once, so that a form that is sent again
 * adds nothing. Throws FormError at `field`.
 */
export async function attach(
  use: UseCase,
  submission: Submission,
  files: readonly IncomingFile[],
  field = 'files',
): Promise<Attachment[]> {
  if (files.length === 0) return []
  const known = await use.tx.attachments.ofSubmission(submission.workspaceId, submission.id)
  const standing = known.filter((a) => a.state !== 'failed')
  const fresh = files.filter((f) => !standing.some((a) => a.fileId === f.id))
  checkFiles(fresh, field, standing.length)
  const added = await awaitFiles(use, { submissionId: submission.id }, fresh, known)
  if (added.length === 0) return []
  await audit(use, 'attachment.added', `submission:${submission.id}`, { attachments: added.map((a) => a.id) })
  await use.tx.outbox.touch(aboutSubmission(submission.id), use.now)
  return added
}

/**
 * Adds files to what stands there, or in place of those that failed. It is a change as any other: what was confirmed or
 * returned goes back to the head, and whoever is about to accept what they saw before is told.
 * Throws `access.denied` unless its author acts (or the Office, for what it handed in on behalf of a unit),
 * `submission.state_changed` once it is closed, FormError at `files`.
 */
export async function addFiles(
  use: UseCase,
  campaign: Campaign,
  id: string,
  files: readonly IncomingFile[],
  replacesFailed = false,
): Promise<{ submission: Submission; added: Attachment[] }> {
  const before = await visible(use, id)
  authorize(use.actor, 'submission.attach', before)
  if (files.length === 0) throw new FormError([{ field: 'files', key: 'attachment.none', params: {} }])
  const known = await use.tx.attachments.ofSubmission(before.workspaceId, id)
  // The same form once more: done already.
  if (files.every((f) => known.some((a) => a.fileId === f.id && a.state !== 'failed')))
    return { submission: before, added: [] }
  if (!mayBecome(before.state, 'submitted')) await refuseState(use, campaign, before)
  const submission = await rewrite(use, campaign, before, before)
  const added = await attach(use, submission, files)
  if (replacesFailed) await replaceFailed(use, known, added)
  return { submission, added }
}

/** What was sent again takes the place of what failed: first of the same name, then of any. */
async function replaceFailed(
  { tx }: UseCase,
  known: readonly Attachment[],
  added: readonly Attachment[],
): Promise<void> {
  const failed = known.filter((a) => a.state === 'failed')
  const isNamed = (a: Attachment) => added.some((b) => b.name === a.name)
  const first = [...failed.filter(isNamed), ...failed.filter((a) => !isNamed(a))]
  for (const a of first.slice(0, added.length)) await tx.attachments.remove(a.id)
}

/**
 * Takes a file away; twice is once. It is a change as any other, but what was returned is not sent again by it. Throws as
 * `addFiles` does, `attachment.gone`.
 */
export async function removeFile(use: UseCase, campaign: Campaign, id: string): Promise<Submission> {
  const { tx, actor, now } = use
  const attachment = await tx.attachments.byId(actor.workspaceId, id)
  if (!attachment?.submissionId) throw new UserError('attachment.gone', {})
  const before = await visible(use, attachment.submissionId)
  authorize(actor, 'submission.attach', before)
  if (attachment.state === 'removed') return before
  if (!mayBecome(before.state, 'submitted')) await refuseState(use, campaign, before)
  await tx.attachments.remove(id)
  await audit(use, 'attachment.removed', `submission:${before.id}`, { attachment: id })
  await tx.outbox.touch(aboutSubmission(before.id), now)
  return before.state === 'returned' ? before : rewrite(use, campaign, before, before)
}

/** What the bot itself does: nobody of the chat. */
type ByItself = Pick<UseCase, 'tx' | 'now'>

async function settled(by: ByItself, attachment: Attachment): Promise<void> {
  const { submissionId, dropId } = attachment
  if (submissionId) await tellOutcome(by, submissionId, attachment)
  const about = submissionId ? aboutSubmission(submissionId) : aboutDrop(dropId ?? '')
  await by.tx.outbox.touch(about, by.now)
}

/**
 * Logs what became of a submission's file that waits no more. One that failed is told to whoever added it, once for all that
 * were added together; of a drop its card speaks, and the log once it is a submission.
 */
export async function tellOutcome({ tx, now }: ByItself, submissionId: string, file: Attachment): Promise<void> {
  const { id, workspaceId, state, reason, kind, size, sha256, addedBy, createdAt } = file
  const log = (action: 'attachment.stored' | 'attachment.failed', data: Record<string, unknown>) =>
    tx.audit.append(workspaceId, { at: now, byId: null, action, subject: `submission:${submissionId}`, data })
  if (state === 'stored') return log('attachment.stored', { attachment: id, kind, size, sha256 })
  if (state !== 'failed') return
  await log('attachment.failed', { attachment: id, reason })
  await tx.outbox.add(
    {
      workspaceId,
      // Told after the receipt, which sorts before it.
      key: `${aboutSubmission(submissionId)}unstored:${createdAt.getTime()}`,
      kind: 'attachment.failed',
      personId: addedBy,
      payload: { submissionId, addedAt: createdAt.toISOString() },
      dueAt: now,
    },
    now,
  )
}

/** The bytes of a file are stored for good; where it was removed meanwhile they are only kept in mind, to be cleared. */
export async function fileStored(by: ByItself, attachment: Attachment, file: StoredFile): Promise<void> {
  const name = safeFileName(attachment.name, file.kind)
  if (!(await by.tx.attachments.stored(attachment.id, { ...file, name }, by.now)))
    return by.tx.attachments.leftBehind(attachment.id, file.sha256)
  await settled(by, { ...attachment, ...file, name, state: 'stored' })
}

/** The bytes of a file will not come; nothing where it waits no more. */
export async function fileFailed(by: ByItself, attachment: Attachment, reason: FailureReason): Promise<void> {
  if (!(await by.tx.attachments.failed(attachment.id, reason))) return
  await settled(by, { ...attachment, reason, state: 'failed' })
}

/**
 * Has the stored files of a submission sent to whoever asks and may see it; once a press. Gives how many.
 * Throws as `visible` does, `attachment.nothing_stored`.
 */
export async function askToShow(use: UseCase, id: string, press: string): Promise<number> {
  const { tx, actor, now } = use
  const submission = await visible(use, id)
  const files = await tx.attachments.ofSubmission(actor.workspaceId, id)
  const stored = files.filter((a) => a.state === 'stored').length
  if (stored === 0) throw new UserError('attachment.nothing_stored', {})
  await tx.outbox.add(
    {
      workspaceId: actor.workspaceId,
      // Not about the submission: what was sent does not follow it.
      key: showKey(submission.id, press),
      kind: 'attachment.show',
      personId: actor.person.id,
      payload: { submissionId: submission.id },
      dueAt: now,
    },
    now,
  )
  return stored
}
