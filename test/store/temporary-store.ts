import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll } from 'vitest'
import type { Store } from '../../src/core/ports.js'
import { newStore } from '../helpers/database.js'

/** Opens empty SQLite stores, which are closed and deleted after the tests of the file. */
export function temporaryStores(): () => Promise<Store> {
  const dir = mkdtempSync(path.join(tmpdir(), 'thidua-'))
  const opened: Store[] = []
  afterAll(async () => {
    for (const store of opened) await store.close()
    rmSync(dir, { recursive: true, force: true })
  })
  return async () => {
    const store = await newStore(path.join(dir, `${opened.length}.db`))
    opened.push(store)
    return store
  }
}
