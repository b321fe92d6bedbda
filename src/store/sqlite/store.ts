import Database from 'better-sqlite3'
import type { Store, Tx } from '../../core/ports.js'
import type { Exec } from '../query.js'
import { rowsOf } from '../tx.js'
import { checkpointWhenQuiet } from './idle-checkpoint.js'
import { type KeptAnswers, keptAnswers } from './query-cache.js'
import { sharedReads } from './read-transaction.js'

type Step = Database.Statement

/** Use cases that share a commit: with more of them nobody is served sooner, and the first of them wait for the last. */
const MOST_AT_ONCE = 25

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

/**
 * Runs SQL on one connection; prepared statements are kept, and answers where `answers` are given. The driver is
 * synchronous, so a query costs no turn.
 */
export function sqliteExec(db: Database.Database, answers?: KeptAnswers): Exec {
  const statements = new Map<string, Database.Statement>()
  function prepared(sql: string): Database.Statement {
    let statement = statements.get(sql)
    if (!statement) {
      statement = db.prepare(sql)
      statements.set(sql, statement)
    }
    return statement
  }
  function run(sql: string, values: readonly unknown[]): unknown[] {
    const statement = prepared(sql)
    if (!statement.readonly) answers?.changes(sql)
    if (statement.reader) return statement.all(values)
    statement.run(values)
    return []
  }
  const exec: Exec = {
    dialect: 'sqlite',
    run: async <R>(sql: string, values: readonly unknown[]) => run(sql, values) as R[],
    async change(sql, values) {
      answers?.changes(sql)
      return prepared(sql).run(values).changes
    },
  }
  if (!answers) return exec
  return {
    ...exec,
    async ask<R>(sql: string, values: readonly unknown[]) {
      const known = answers.of(sql, values)
      if (known) return known as readonly R[]
      const rows = run(sql, values)
      answers.keep(sql, values, rows)
      return rows as readonly R[]
    },
    tell: (sql, values, rows) => answers.keep(sql, values, rows),
  }
}

/**
 * A store on one SQLite file, with group commit: all use cases that wait in one turn of the event loop share one
 * transaction, each in a savepoint of its own, so that one that fails takes none with it. They resolve after the commit
 * is on the disk. Reads never see what is not committed.
 */
export function sqliteStore(writer: Database.Database, reader: Database.Database): Store {
  const answers = keptAnswers()
  const exec = sqliteExec(writer, answers)
  const tx = rowsOf(exec)
  const reads = sharedReads(writer, exec, sqliteExec(reader), answers)
  const readTx = rowsOf(reads.exec)
  const checkpoints = checkpointWhenQuiet(writer)
  const [begin, commit, rollback, save, release, undo] = [
    'begin immediate',
    'commit',
    'rollback',
    'savepoint one',
    'release one',
    'rollback to one',
  ].map((s) => writer.prepare(s)) as [Step, Step, Step, Step, Step, Step]
  const waiting: Job[] = []
  let running: Promise<void> | undefined

  async function commitAll(): Promise<void> {
    const jobs = waiting.splice(0, MOST_AT_ONCE)
    const done: (() => void)[] = []
    reads.writes()
    try {
      begin.run()
      reads.lookAround()
      for (const job of jobs) {
        save.run()
        try {
          const value = (await job.useCase(tx)) as never
          done.push(() => job.resolve(value))
        } catch (error) {
          undo.run()
          answers.forget()
          done.push(() => job.reject(error))
        }
        release.run()
      }
      commit.run()
    } catch (error) {
      if (writer.inTransaction) rollback.run()
      answers.forget()
      for (const job of jobs) job.reject(error)
      return
    } finally {
      reads.wrote()
    }
    checkpoints.wrote(jobs.length)
    for (const answer of done) answer()
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
      checkpoints.stop()
      reader.close()
      writer.close()
    },
  }
}
