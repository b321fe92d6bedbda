import { audit } from '../audit/append.js'
import type { Campaign } from '../campaign/campaign.js'
import { type FieldFault, FormError, UserError } from '../errors.js'
import { aboutDrop, aboutSubmission, fetchKey, showKey } from '../outbox/topics.js'
import { authorize } from '../people/access.js'
import { secrecyMarkInFileName } from '../secrecy.js'
import { find, refuseState, rewrite, type SubmissionRef, visible } from '../submission/decide.js'
import { mayBecome } from '../submission/state.js'
import type { Submission } from '../submission/submission.js'
import type { UseCase } from '../use-case.js'
import { type Attachment, type FailureReason, type IncomingFile, MAX_FILES, type StoredFile } from './attachment.js'
import { safeFileName } from './file-name.js'

/** The first state-secrecy stamp (`secrecyMarkInFileName`) in the names of files; undefined for none. */
export const secretMarkIn = (files: readonly IncomingFile[]): string | undefined =>
  files.map((f) => secrecyMarkInFileName(f.name)).find((mark) => mark !== null) ?? undefined

function faultsOf(files: readonly IncomingFile[], field: string, have: number): FieldFault[] {
  const faults: FieldFault[] = []
  if (files.length + have > MAX_FILES)
    faults.push({ field, key: 'attachment.too_many', params: { max: MAX_FILES, have } })
  const mark = secretMarkIn(files)
  if (mark) faults.push({ field, key: 'attachment.secret', params: { mark } })
  return faults
}

/**
 * Throws FormError at `field` when the files together with `have` existing ones exceed `MAX_FILES`, or a name has a
 * secrecy stamp.
 */
export function checkFiles(files: readonly IncomingFile[], field: string, have = 0): void {
  const faults = faultsOf(files, field, have)
  if (faults.length > 0) throw new FormError(faults)
}

/** Returns what `check` returns. Throws one FormError with the faults that `check` throws and those of the files. */
export function checkedWith<T>(check: () => T, files: readonly IncomingFile[], field: string): T {
  const faults = faultsOf(files, field, 0)
  let checked: T
  try {
    checked = check()
  } catch (error) {
    throw error instanceof FormError ? new FormError([...error.faults, ...faults]) : error
  }
  if (faults.length > 0) throw new FormError(faults)
  return checked
}

/** Stores rows for expected files, each once, and queues the download of their bytes. Returns the new ones. */
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
 * Adds files to a submission that was just handed in or changed. The same file is added once, so that a retried form
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
  const present = known.filter((a) => a.state !== 'failed')
  const fresh = files.filter((f) => !present.some((a) => a.fileId === f.id))
  checkFiles(fresh, field, present.length)
  const added = await awaitFiles(use, { submissionId: submission.id }, fresh, known)
  if (added.length === 0) return []
  await audit(use, 'attachment.added', `submission:${submission.id}`, { attachments: added.map((a) => a.id) })
  await use.tx.outbox.touch(aboutSubmission(submission.id), use.now)
  return added
}

/**
 * Adds files to a submission. With `replacesFailed` they replace as many failed files. It counts as an edit: a
 * confirmed or returned submission goes back to the head, and an acceptance of the older content is refused.
 *
 * Throws `access.denied` for anybody but its author (or the Office, for what it handed in on behalf of a unit),
 * `submission.state_changed` once it is closed, FormError at `files`.
 */
export async function addFiles(
  use: UseCase,
  campaign: Campaign,
  of: SubmissionRef,
  files: readonly IncomingFile[],
  replacesFailed = false,
): Promise<{ submission: Submission; added: Attachment[] }> {
  const before = await visible(use, of)
  authorize(use.actor, 'submission.attach', before)
  if (files.length === 0) throw new FormError([{ field: 'files', key: 'attachment.none', params: {} }])
  const known = await use.tx.attachments.ofSubmission(before.workspaceId, before.id)
  // A retry of the same form.
  if (files.every((f) => known.some((a) => a.fileId === f.id && a.state !== 'failed')))
    return { submission: before, added: [] }
  if (!mayBecome(before.state, 'submitted')) await refuseState(use, campaign, before)
  const submission = await rewrite(use, campaign, before, before)
  const added = await attach(use, submission, files)
  if (replacesFailed) await replaceFailed(use, known, added)
  return { submission, added }
}

/** Removes as many failed files as were added: first those with the same names, then any others. */
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

/** A file of a submission, with its submission. Throws `attachment.gone`, `submission.not_found`. */
export async function attachedFile(use: UseCase, id: string): Promise<{ file: Attachment; submission: Submission }> {
  const file = await use.tx.attachments.byId(use.actor.workspaceId, id)
  if (!file?.submissionId) throw new UserError('attachment.gone', {})
  return { file, submission: await find(use, file.submissionId) }
}

/**
 * Removes a file from a submission; a repetition changes nothing. A confirmed submission goes back to the head; a
 * returned one stays returned. Throws `access.denied` as `addFiles` does, `submission.state_changed` once it is closed.
 */
export async function removeFile(
  use: UseCase,
  campaign: Campaign,
  { file, submission }: { file: Attachment; submission: Submission },
): Promise<Submission> {
  const { tx, actor, now } = use
  await visible(use, submission)
  authorize(actor, 'submission.attach', submission)
  if (file.state === 'removed') return submission
  if (!mayBecome(submission.state, 'submitted')) await refuseState(use, campaign, submission)
  await tx.attachments.remove(file.id)
  await audit(use, 'attachment.removed', `submission:${submission.id}`, { attachment: file.id })
  await tx.outbox.touch(aboutSubmission(submission.id), now)
  return submission.state === 'returned' ? submission : rewrite(use, campaign, submission, submission)
}

/** An action of the bot itself, without an actor. */
type ByItself = Pick<UseCase, 'tx' | 'now'>

async function settled(by: ByItself, attachment: Attachment): Promise<void> {
  const { submissionId, dropId } = attachment
  if (submissionId) await notifyOutcome(by, submissionId, attachment)
  const about = submissionId ? aboutSubmission(submissionId) : aboutDrop(dropId ?? '')
  await by.tx.outbox.touch(about, by.now)
}

/**
 * Logs the outcome of the download of a submission's file. A failure is reported to the person who added it, in one
 * message for all files added together. The files of a file drop are reported by its card instead, and logged once the
 * drop is a submission.
 */
export async function notifyOutcome({ tx, now }: ByItself, submissionId: string, file: Attachment): Promise<void> {
  const { id, workspaceId, state, reason, kind, size, sha256, addedBy, createdAt } = file
  const log = (action: 'attachment.stored' | 'attachment.failed', data: Record<string, unknown>) =>
    tx.audit.append(workspaceId, { at: now, byId: null, action, subject: `submission:${submissionId}`, data })
  if (state === 'stored') return log('attachment.stored', { attachment: id, kind, size, sha256 })
  if (state !== 'failed') return
  await log('attachment.failed', { attachment: id, reason })
  await tx.outbox.add(
    {
      workspaceId,
      // Sent after the receipt, whose key sorts before it.
      key: `${aboutSubmission(submissionId)}unstored:${createdAt.getTime()}`,
      kind: 'attachment.failed',
      personId: addedBy,
      payload: { submissionId, addedAt: createdAt.toISOString() },
      dueAt: now,
    },
    now,
  )
}

/**
 * Call when the bytes of a file are stored. If the file was removed in the meantime, the bytes are only recorded for
 * deletion.
 */
export async function fileStored(by: ByItself, attachment: Attachment, file: StoredFile): Promise<void> {
  const name = safeFileName(attachment.name, file.kind)
  if (!(await by.tx.attachments.stored(attachment.id, { ...file, name }, by.now)))
    return by.tx.attachments.recordOrphanedBytes(attachment.id, file.sha256)
  await settled(by, { ...attachment, ...file, name, state: 'stored' })
}

/** Call when the download of a file has failed for good. Does nothing unless the file is still waiting. */
export async function fileFailed(by: ByItself, attachment: Attachment, reason: FailureReason): Promise<void> {
  if (!(await by.tx.attachments.failed(attachment.id, reason))) return
  await settled(by, { ...attachment, reason, state: 'failed' })
}

/**
 * Queues the stored files of a submission to be shown to the acting person, once per press. Returns how many. Throws as
 * `visible`, `attachment.nothing_stored`.
 */
export async function requestFiles(use: UseCase, of: SubmissionRef, press: string): Promise<number> {
  const { tx, actor, now } = use
  const submission = await visible(use, of)
  const files = await tx.attachments.ofSubmission(actor.workspaceId, submission.id)
  const stored = files.filter((a) => a.state === 'stored').length
  if (stored === 0) throw new UserError('attachment.nothing_stored', {})
  await tx.outbox.add(
    {
      workspaceId: actor.workspaceId,
      // Not a topic of the submission: shown files are not updated with it.
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
