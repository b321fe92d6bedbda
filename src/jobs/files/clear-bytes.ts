import type { Store } from '../../core/ports.js'

export interface ClearOptions {
  store: Store
  /**
   * Deletes bytes that nothing refers to, unless they were written within the last hour; resolves with false when they
   * are kept for now.
   */
  retire: (sha256: string, isWanted: () => Promise<boolean>) => Promise<boolean>
}

/** Files per tick; the rest waits for the next. */
const AT_A_TIME = 50

/** Deletes the bytes of removed files, and of files that were never handed in, unless another file has the same bytes. */
export async function clearBytes({ store, retire }: ClearOptions): Promise<void> {
  for (const { id, sha256 } of await store.read((tx) => tx.attachments.withBytesToDelete(AT_A_TIME))) {
    const isWanted = () => store.read((tx) => tx.attachments.isInUse(sha256))
    if ((await isWanted()) || (await retire(sha256, isWanted))) await store.write((tx) => tx.attachments.cleared(id))
  }
}
