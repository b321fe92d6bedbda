import { mkdirSync } from 'node:fs'
import path from 'node:path'
import type Database from 'better-sqlite3'
import { Kysely, type Migration, Migrator, SqliteAdapter, SqliteDialect } from 'kysely'
import { migrations } from '../../db/migrations/index.js'
import type { Store } from '../core/ports.js'
import { connect } from './sqlite/connect.js'
import { sqliteStore } from './sqlite/store.js'

/** Thrown when `DATABASE_URL` is not a `file:` URL. */
export class DatabaseUrlError extends Error {}

/** Thrown when the file cannot be opened. `code`: SQLite's, the system's, or `NEWER` for a database of a newer version. */
export class DatabaseFileError extends Error {
  constructor(
    readonly file: string,
    readonly code: string,
    cause: Error,
  ) {
    super(cause.message, { cause })
  }
}

/**
 * Opens the database at a `file:` URL (`file:data/thidua.db`), migrates it, and returns the store. Throws DatabaseUrlError
 * for another kind of URL; DatabaseFileError; the error of a failed migration, which is rolled back.
 */
export async function openStore(url: string): Promise<Store> {
  const file = fileOf(url)
  try {
    mkdirSync(path.dirname(file), { recursive: true })
    await migrate(file)
    const writer = connect(file)
    return sqliteStore(writer, connect(file, true))
  } catch (error) {
    const code = codeOf(error as Error)
    throw code ? new DatabaseFileError(file, code, error as Error) : error
  }
}

/** Why a file cannot be opened; undefined for a bug. */
function codeOf(error: NodeJS.ErrnoException): string | undefined {
  // Kysely's message for migrations that it does not know.
  if (error.message.startsWith('corrupted migrations')) return 'NEWER'
  return typeof error.code === 'string' && error.code !== 'SQLITE_ERROR' ? error.code : undefined
}

/** The file of a `file:` URL. */
export function fileOf(url: string): string {
  if (!url.startsWith('file:') || url.length === 5) throw new DatabaseUrlError(url)
  return path.resolve(url.slice('file:'.length).replace(/^\/\/(?=\/)/, ''))
}

/** Kysely's own adapter reports that SQLite cannot roll back DDL. It can, and a failed migration must change nothing. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true
  }
}

class TransactionalSqlite extends SqliteDialect {
  override createAdapter(): SqliteAdapter {
    return new TransactionalAdapter()
  }
}

/** Two processes that start at once may both migrate; the later one retries until the earlier one is done. */
const RETRIES = 10
const RETRY_MS = 200

/** Migrates a file, completely or not at all. Throws the migration's error. */
export async function migrate(file: string, all: Record<string, Migration> = migrations): Promise<void> {
  for (let left = RETRIES; ; left--) {
    try {
      return await migrateOnce(file, all)
    } catch (error) {
      if (left === 0 || !String((error as { code?: unknown }).code).startsWith('SQLITE_BUSY')) throw error
      await new Promise((done) => setTimeout(done, RETRY_MS))
    }
  }
}

async function migrateOnce(file: string, all: Record<string, Migration>): Promise<void> {
  const database: Database.Database = connect(file)
  if (isCurrent(database, all)) {
    database.close()
    return
  }
  const db = new Kysely<unknown>({ dialect: new TransactionalSqlite({ database }) })
  try {
    const { error } = await new Migrator({ db, provider: { getMigrations: async () => all } }).migrateToLatest()
    if (error) throw error
  } finally {
    await db.destroy()
  }
}

/** Skips the migrator when there is nothing to do: its own check is slower than the rest of opening. */
function isCurrent(database: Database.Database, all: Record<string, Migration>): boolean {
  const known = database.prepare("select 1 from sqlite_master where name = 'kysely_migration'").get()
  if (!known) return false
  const done = database.prepare('select name from kysely_migration').pluck().all()
  return done.length === Object.keys(all).length
}
