import type { Store } from '../../core/ports.js'

export interface Clearing {
  store: Store
  /** Takes bytes away that nothing wants, unless they were written just now; false when they stay for the time being. */
  retire: (sha256: string, isWanted: () => Promise<boolean>) => Promise<boolean>
}

/** As many a tick; the rest waits for the next. */
const AT_A_TIME = 50

/** Lets go of the bytes of files that were removed, or that nobody handed in, where no other file has the same. */
export async function clearBytes({ store, retire }: Clearing): Promise<void> {
  for (const { id, sha256 } of await store.read((tx) => tx.attachments.toClear(AT_A_TIME))) {
    const isWanted = () => store.read((tx) => tx.attachments.refersTo(sha256))
    if ((await isWanted()) || (await retire(sha256, isWanted))) await store.write((tx) => tx.attachments.cleared(id))
  }
}
