import { fileFailed, fileStored } from '../../core/attachment/attach.js'
import { type Attachment, FileFault, type StoredFile } from '../../core/attachment/attachment.js'
import type { Work } from '../../core/outbox/outbox.js'
import type { Clock, Store } from '../../core/ports.js'
import { backoffMs, type Outcome } from './work.js'

export interface Fetching {
  store: Store
  clock: Clock
  /** Fetches a file's bytes and stores them for good. Throws FileFault; whatever it throws, nothing half-written stays. */
  fetch: (file: { id: string; url?: string; size?: number }, signal: AbortSignal) => Promise<StoredFile>
  log: (event: string, about: Record<string, unknown>) => void
}

/** What was tried in vain for this long is given up. */
const GIVE_UP_MS = 24 * 3_600_000

/**
 * Fetches the bytes of one attachment and says what became of it. Bytes that are stored and not written down, since the
 * process died in between, are stored once more under the same name.
 */
export async function fetchFile(d: Fetching, work: Work, signal: AbortSignal): Promise<Outcome> {
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
    return { waitMs: fault?.why === 'later' ? fault.retryAfterMs : backoffMs(work.attempts), why }
  }
}

type Mark = (tx: Parameters<Parameters<Store['write']>[0]>[0], now: Date, fresh: Attachment) => Promise<void>

/** Read anew: meanwhile a drop may have become a submission. */
async function write(d: Fetching, { workspaceId, id }: Attachment, mark: Mark): Promise<void> {
  await d.store.write(async (tx) => {
    const fresh = await tx.attachments.byId(workspaceId, id)
    if (fresh) await mark(tx, d.clock(), fresh)
  })
}
