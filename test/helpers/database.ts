import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Store } from '../../src/core/ports.js'
import { migrate, openStore } from '../../src/store/open.js'

let migrated: Promise<Buffer> | undefined

async function migrateOnce(): Promise<Buffer> {
  const dir = mkdtempSync(path.join(tmpdir(), 'thidua-empty-'))
  const file = path.join(dir, 'empty.db')
  await migrate(file)
  const bytes = readFileSync(file)
  rmSync(dir, { recursive: true, force: true })
  return bytes
}

/** Writes a new database to a file and opens it. The migrations run once per process, since they take longer than most tests. */
export async function newStore(file: string): Promise<Store> {
  migrated ??= migrateOnce()
  writeFileSync(file, await migrated)
  return openStore(`file:${file}`)
}
