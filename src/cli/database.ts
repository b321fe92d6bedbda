import { readSharedConfig } from '../config.js'
import type { Store } from '../core/ports.js'
import { openStore } from '../store/open.js'

/** Opens the database of the environment for one command; closes it whatever happens. */
export async function withStore<T>(work: (store: Store, workspaceId: string) => Promise<T>): Promise<T> {
  const store = await openStore(readSharedConfig(process.env).databaseUrl)
  try {
    const workspaceId = await store.write((tx) => tx.workspaces.only(new Date()))
    return await work(store, workspaceId)
  } finally {
    await store.close()
  }
}
