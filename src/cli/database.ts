import { readSharedConfig } from '../config.js'
import type { Store } from '../core/ports.js'
import { openStore } from '../store/open.js'

/**
 * Runs a command on the database that the environment names, and closes it afterwards. `workspaceId` is the only workspace,
 * created when there is none. Throws ConfigError, and DatabaseUrlError or DatabaseFileError when it cannot be opened.
 */
export async function withStore<T>(work: (store: Store, workspaceId: string) => Promise<T>): Promise<T> {
  const store = await openStore(readSharedConfig(process.env).databaseUrl)
  try {
    const workspaceId = await store.write((tx) => tx.workspaces.only(new Date()))
    return await work(store, workspaceId)
  } finally {
    await store.close()
  }
}
