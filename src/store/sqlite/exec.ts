import type Database from 'better-sqlite3'
import { boundedCache } from '../../core/bounded-cache.js'
import type { Exec } from '../query.js'
import type { Statement } from '../statement.js'
import type { QueryCache } from './query-cache.js'

/** Prepared statements per connection; the code has about 300, and some lists make one for each length. */
const MAX_PREPARED = 2000

/**
 * Runs statements on one connection. Prepared statements are reused, so that SQLite compiles each only once. The driver is
 * synchronous: a query never waits for another turn of the event loop.
 */
export function sqliteExec(db: Database.Database, cache?: QueryCache, eraseLog: () => void = () => undefined): Exec {
  const prepared = boundedCache<string, Database.Statement>(MAX_PREPARED)
  function prepare({ sql, changes }: Statement): Database.Statement {
    let statement = prepared.get(sql)
    if (!statement) {
      statement = db.prepare(sql)
      if (changes === undefined && !statement.readonly) throw new Error(`raw SQL must not change anything: ${sql}`)
      prepared.set(sql, statement)
    }
    return statement
  }
  function run(statement: Statement, values: readonly unknown[]): unknown[] {
    if (statement.changes !== undefined) cache?.invalidate(statement.changes)
    const step = prepare(statement)
    if (step.reader) return step.all(values)
    step.run(values)
    return []
  }
  return {
    run: async <R>(statement: Statement, values: readonly unknown[]) => run(statement, values) as R[],
    async change(statement, values) {
      if (statement.changes !== undefined) cache?.invalidate(statement.changes)
      return prepare(statement).run(values).changes
    },
    async runCached<R>(statement: Parameters<Exec['runCached']>[0], values: readonly unknown[]) {
      const known = cache?.get(statement, values)
      if (known) return known as readonly R[]
      const rows = run(statement, values)
      cache?.set(statement, values, rows)
      return rows as readonly R[]
    },
    eraseLog,
    setCached: (statement, values, rows) => cache?.set(statement, values, rows),
  }
}
