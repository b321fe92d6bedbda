import Database from 'better-sqlite3'
import type { Store, Tx } from '../core/ports.js'
import type { Exec } from './query.js'
import { rowsOf } from './rows.js'

interface Job {
  useCase: (tx: Tx) => Promise<unknown>
  resolve: (value: never) => void
  reject: (error: unknown) => void
}

/** Opens a database file with the settings that every connection needs. */
export function connect(file: string, readonly = false): Database.Database {
  const db = new Database(file, { readonly, timeout: 10_000 })
  if (!readonly) db.pragma('journal_mode = WAL')
  // This build defaults to NORMAL, under which a power cut may lose what was acknowledged.
  db.pragma('synchronous = FULL')
  db.pragma('foreign_keys = ON')
  // What a savepoint would undo is kept in memory: by default it goes to a file, which is most of a savepoint's cost.
  db.pragma('temp_store = MEMORY')
  return db
}

/** Runs SQL on one connection; prepared statements are kept. The driver is synchronous, so a query costs no turn. */
export function sqliteExec(db: Database.Database): Exec {
  const statements = new Map<string, Database.Statement>()
  function prepared(sql: string): Database.Statement {
    let statement = statements.get(sql)
    if (!statement) {
      statement = db.prepare(sql)
      statements.set(sql, statement)
    }
    return statement
  }
  return {
    dialect: 'sqlite',
    async run<R>(sql: string, values: readonly unknown[]): Promise<R[]> {
      const statement = prepared(sql)
      if (statement.reader) return statement.all(values) as R[]
      statement.run(values)
      return []
    },
    change: async (sql, values) => prepared(sql).run(values).changes,
  }
}

/**
 * A store on one SQLite file, with group commit: all use cases that wait in one turn of the event loop share one
 * transaction, each in a savepoint of its own, so that one that fails takes none with it. They resolve after the commit
 * is on the disk. Reads use a connection of their own and never see what is not committed.
 */
export function sqliteStore(writer: Database.Database, reader: Database.Database): Store {
  const tx = rowsOf(sqliteExec(writer))
  const readTx = rowsOf(sqliteExec(reader))
  const [begin, commit, rollback] = ['begin immediate', 'commit', 'rollback'].map((s) => writer.prepare(s)) as [
    Database.Statement,
    Database.Statement,
    Database.Statement,
  ]
  const [save, release, undo] = ['savepoint one', 'release one', 'rollback to one'].map((s) => writer.prepare(s)) as [
    Database.Statement,
    Database.Statement,
    Database.Statement,
  ]
  let waiting: Job[] = []
  let running: Promise<void> | undefined

  async function commitAll(): Promise<void> {
    const jobs = waiting
    waiting = []
    const answers: (() => void)[] = []
    try {
      begin.run()
      for (const job of jobs) {
        save.run()
        try {
          const value = (await job.useCase(tx)) as never
          answers.push(() => job.resolve(value))
        } catch (error) {
          undo.run()
          answers.push(() => job.reject(error))
        }
        release.run()
      }
      commit.run()
    } catch (error) {
      if (writer.inTransaction) rollback.run()
      for (const job of jobs) job.reject(error)
      return
    }
    for (const answer of answers) answer()
  }

  function schedule(): void {
    running ??= new Promise((done) => setImmediate(done)).then(commitAll).finally(() => {
      running = undefined
      if (waiting.length > 0) schedule()
    })
  }

  return {
    write: (useCase) =>
      new Promise((resolve, reject) => {
        waiting.push({ useCase, resolve, reject })
        schedule()
      }),
    read: (query) => query(readTx),
    async close() {
      while (running) await running
      reader.close()
      writer.close()
    },
  }
}
