import { fileFailed, fileStored } from '../../core/attachment/attach.js'
import { type Attachment, FileFault, type StoredFile, type TemporaryFailure } from '../../core/attachment/attachment.js'
import type { Work } from '../../core/outbox/outbox.js'
import { type SendFailureReason, storedFailure } from '../../core/outbox/send-failure.js'
import type { Clock, Store } from '../../core/ports.js'
import { backoffMs, type WorkResult } from './work.js'

export interface FetchOptions {
  store: Store
  clock: Clock
  /** Downloads a file's bytes and stores them durably. Throws FileFault; after any error no partial file is left. */
  fetch: (file: { id: string; url?: string; size?: number }, signal: AbortSignal) => Promise<StoredFile>
  log: (event: string, about: Record<string, unknown>) => void
}

/** After failed attempts for this long a file is given up. */
const GIVE_UP_MS = 24 * 3_600_000

/** The reasons under which temporary failures are stored. Faults of the installation have several, so they have none here. */
const reasons: Partial<Record<FileFault['reason'], SendFailureReason>> = {
  rate_limited: 'rate_limited',
  stalled: 'no_connection',
  cut_short: 'no_connection',
  connection: 'no_connection',
  server: 'chat_fault',
} satisfies Partial<Record<TemporaryFailure, SendFailureReason>>

/**
 * Downloads the bytes of one attachment and records the result. If the process dies after storing the bytes and before
 * recording them, they are stored again under the same name.
 */
export async function fetchFile(d: FetchOptions, work: Work, signal: AbortSignal): Promise<WorkResult> {
  const id = String(work.payload.attachmentId)
  const { workspaceId } = work
  const read = () => d.store.read((tx) => tx.attachments.byId(workspaceId, id))
  const attachment = await read()
  if (attachment?.state !== 'waiting') return 'done'
  try {
    const { fileId, url, size } = attachment
    const file = await d.fetch({ id: fileId, url: url ?? undefined, size: size || undefined }, signal)
    await write(d, attachment, (tx, now, fresh) => fileStored({ tx, now }, fresh, file))
    return 'done'
  } catch (error) {
    if (signal.aborted) return { waitMs: 0, why: 'stopped' }
    const fault = error instanceof FileFault ? error : undefined
    const now = d.clock()
    const gaveUp = now.getTime() - (work.triedSince ?? now).getTime() > GIVE_UP_MS
    const why =
      fault?.message ?? (error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.name) : 'error')
    d.log('file not fetched', { attachment: id, attempt: work.attempts + 1, error: why })
    if (fault?.why === 'refused' || gaveUp) {
      const reason = fault?.why === 'refused' ? fault.refusal : 'gave_up'
      await write(d, attachment, (tx, at, fresh) => fileFailed({ tx, now: at }, fresh, reason))
      return 'done'
    }
    const reason = fault && reasons[fault.reason]
    return {
      waitMs: fault?.why === 'later' ? fault.retryAfterMs : backoffMs(work.attempts),
      why: reason ? storedFailure({ reason, words: why }) : why,
    }
  }
}

type Mark = (tx: Parameters<Parameters<Store['write']>[0]>[0], now: Date, fresh: Attachment) => Promise<void>

/** Reads the attachment again, because its file drop may have become a submission during the download. */
async function write(d: FetchOptions, { workspaceId, id }: Attachment, mark: Mark): Promise<void> {
  await d.store.write(async (tx) => {
    const fresh = await tx.attachments.byId(workspaceId, id)
    if (fresh) await mark(tx, d.clock(), fresh)
  })
}
