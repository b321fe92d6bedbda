import { filesComment } from '../../commands/attachment/card.js'
import { type FileSender, type OutgoingFile, SendError } from '../../commands/chat.js'
import type { Work } from '../../core/outbox/outbox.js'
import { storedFailure } from '../../core/outbox/send-failure.js'
import type { Clock, Store } from '../../core/ports.js'
import { viewStoredFiles } from '../../core/queries/submission/files.js'
import { backoffMs, type WorkResult } from './work.js'

export interface SendOptions {
  store: Store
  clock: Clock
  platform: string
  files: FileSender
  log: (event: string, about: Record<string, unknown>) => void
}

/** After failed attempts for this long the files are not sent any more: the person no longer waits for them. */
const GIVE_UP_MS = 3_600_000

/** Sends the stored files of a submission to the person who requested them, all in one message. */
export async function showFiles(d: SendOptions, work: Work, signal: AbortSignal): Promise<WorkResult> {
  const { workspaceId, personId, payload } = work
  const found = await d.store.read(async (tx) => {
    const account = await tx.accounts.ofPerson(workspaceId, d.platform, personId)
    const view = await viewStoredFiles(tx, workspaceId, String(payload.submissionId))
    return account && view && { account: account.externalId, view }
  })
  if (!found || found.view.files.length === 0) return 'done'
  const { account, view } = found
  return sendFiles(d, work, { account, comment: filesComment(view), files: view.files }, signal)
}

/** After an attempt that may have arrived the chat is not searched earlier: it posts files with a delay. */
const AFTER_POSTING_MS = 15_000

/** The ids of the files of an attempt that may have arrived, as they are stored with the work. */
const uploadedIn = ({ payload: { uploaded } }: Work): string[] =>
  Array.isArray(uploaded) ? uploaded.filter((id): id is string => typeof id === 'string') : []

/** Sends files to an account, once, also where the answer of an attempt was lost. */
export async function sendFiles(
  d: Omit<SendOptions, 'platform'>,
  work: Work,
  { account, comment, files }: { account: string; comment: string; files: readonly OutgoingFile[] },
  signal: AbortSignal,
): Promise<WorkResult> {
  let hasPosted = false
  const posting = (ids: readonly string[]): Promise<void> => {
    hasPosted = true
    return d.store.write((tx) => tx.outbox.rewrite(work.key, { ...work.payload, uploaded: ids }))
  }
  try {
    await d.files.send({ accountId: account, comment, files, earlier: uploadedIn(work), posting }, signal)
    return 'done'
  } catch (error) {
    if (signal.aborted) return { waitMs: 0, why: 'stopped' }
    const why = error instanceof SendError ? error : undefined
    const text = (error instanceof Error ? error.message : String(error)).slice(0, 200)
    d.log('files not shown', { key: work.key, attempt: work.attempts + 1, error: text })
    const stored = why ? storedFailure({ reason: why.reason, words: text }) : text
    const now = d.clock()
    const gaveUp = now.getTime() - (work.triedSince ?? now).getTime() > GIVE_UP_MS
    if (gaveUp || why?.why === 'unreachable' || why?.why === 'refused' || why?.why === 'gone') return { failed: stored }
    const backoff = Math.max(backoffMs(work.attempts), why?.retryAfterMs ?? 0, hasPosted ? AFTER_POSTING_MS : 0)
    return { waitMs: why?.why === 'later' ? why.retryAfterMs : backoff, why: stored }
  }
}
