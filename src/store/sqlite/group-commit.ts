import type Database from 'better-sqlite3'
import type { Tx } from '../../core/ports.js'
import type { Checkpoints } from './idle-checkpoint.js'
import type { QueryCache } from './query-cache.js'
import type { SharedReads } from './read-transaction.js'

/** Use cases per commit. A larger number serves nobody sooner, and makes the first ones wait for the last. */
const MAX_USE_CASES = 25

interface Job {
  useCase: (tx: Tx) => Promise<unknown>
  resolve: (value: never) => void
  reject: (error: unknown) => void
}

export interface GroupCommit {
  /**
   * Resolves after the commit is on the disk. Rejects with the error of the use case, whose changes are then rolled
   * back.
   */
  write<T>(useCase: (tx: Tx) => Promise<T>): Promise<T>
  /** Resolves when all use cases that wait are committed. */
  close(): Promise<void>
}

/**
 * All use cases that wait in one turn of the event loop share one transaction, each in a savepoint of its own, so that one
 * that fails does not undo the others. Measured with a setting per use case: 0.6 ms each in commits of 25, 3.5 ms alone;
 * forms at 10 to 50 at once are 2 to 3 times faster.
 */
export function groupCommit(
  writer: Database.Database,
  tx: Tx,
  reads: SharedReads,
  cache: QueryCache,
  checkpoints: Checkpoints,
): GroupCommit {
  const prepare = (sql: string): Database.Statement => writer.prepare(sql)
  const [begin, commit, rollback] = [prepare('begin immediate'), prepare('commit'), prepare('rollback')]
  const [save, release, undo] = [prepare('savepoint one'), prepare('release one'), prepare('rollback to one')]
  const waiting: Job[] = []
  let running: Promise<void> | undefined

  async function commitAll(): Promise<void> {
    const jobs = waiting.splice(0, MAX_USE_CASES)
    const done: (() => void)[] = []
    reads.beginWrite()
    try {
      begin.run()
      reads.checkForOtherWriters()
      for (const job of jobs) {
        save.run()
        try {
          const value = (await job.useCase(tx)) as never
          done.push(() => job.resolve(value))
        } catch (error) {
          undo.run()
          cache.clear()
          done.push(() => job.reject(error))
        }
        release.run()
      }
      commit.run()
    } catch (error) {
      if (writer.inTransaction) rollback.run()
      cache.clear()
      for (const job of jobs) job.reject(error)
      return
    } finally {
      reads.endWrite()
    }
    checkpoints.wrote(jobs.length)
    for (const settle of done) settle()
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
    async close() {
      while (running) await running
      checkpoints.stop()
    },
  }
}
