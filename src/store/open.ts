import { mkdirSync } from 'node:fs'
import path from 'node:path'
import Database from 'better-sqlite3'
import { Kysely, Migrator, SqliteAdapter, SqliteDialect } from 'kysely'
import { migrations } from '../../db/migrations/index.js'
import type { Store } from '../core/ports.js'
import { connect, sqliteStore } from './sqlite.js'

/** Thrown when `DATABASE_URL` names something that cannot be opened. */
export class DatabaseUrlError extends Error {}

/**
 * Opens the database that a URL names (`file:data/thidua.db`), brings its tables up to date, and gives the store.
 * Throws DatabaseUrlError for any other kind of URL; what a failed migration threw, with nothing of it applied.
 */
export async function openStore(url: string): Promise<Store> {
  const file = fileOf(url)
  mkdirSync(path.dirname(file), { recursive: true })
  await migrate(file)
  const writer = connect(file)
  return sqliteStore(writer, connect(file, true))
}

/** The file of a `file:` URL. */
export function fileOf(url: string): string {
  if (!url.startsWith('file:') || url.length === 5) throw new DatabaseUrlError(url)
  return path.resolve(url.slice('file:'.length).replace(/^\/\/(?=\/)/, ''))
}

/** Kysely's own adapter says that SQLite cannot undo DDL; it can, and a migration that fails must leave nothing. */
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

async function migrate(file: string): Promise<void> {
  const database: Database.Database = connect(file)
  if (isCurrent(database)) {
    database.close()
    return
  }
  const db = new Kysely<unknown>({ dialect: new TransactionalSqlite({ database }) })
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => migrations } }).migrateToLatest()
  await db.destroy()
  if (error) throw error
}

/** Spares every start the migrator's own look at the tables, which is slower than the rest of opening. */
function isCurrent(database: Database.Database): boolean {
  const known = database.prepare("select 1 from sqlite_master where name = 'kysely_migration'").get()
  if (!known) return false
  const done = database.prepare('select name from kysely_migration').pluck().all()
  return done.length === Object.keys(migrations).length
}
