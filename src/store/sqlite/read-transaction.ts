import type Database from 'better-sqlite3'
import type { Exec } from '../query.js'
import type { KeptAnswers } from './query-cache.js'

export interface SharedReads {
  /** Reads what is committed. */
  exec: Exec
  /** From here on the connection writes; what is read meanwhile is read from the other one. */
  writes(): void
  /** The writing is over: reads from here on see what it left. */
  wrote(): void
  /** In a transaction that has just begun: makes kept answers old if another process has committed something. */
  lookAround(): void
}

/**
 * Reads over the connection that writes, as long as it does not: its pages are at hand, while a connection of its own reads
 * all of them anew after each commit. All reads of one turn of the event loop share a transaction, since finding out what
 * is the newest state costs more than most of the reads themselves. `other`: a connection beside it.
 */
export function sharedReads(writer: Database.Database, own: Exec, other: Exec, answers: KeptAnswers): SharedReads {
  const [begin, commit] = [writer.prepare('begin'), writer.prepare('commit')]
  const version = writer.prepare('pragma data_version').pluck()
  let [isReading, isWriting] = [false, false]
  let seen: unknown

  function lookAround(): void {
    const now = version.get()
    if (now !== seen) answers.forget()
    seen = now
  }
  function end(): void {
    if (!isReading) return
    isReading = false
    if (writer.open) commit.run()
  }
  function here(): Exec {
    if (isWriting) return other
    if (!isReading) {
      begin.run()
      isReading = true
      setImmediate(end)
      lookAround()
    }
    return own
  }
  return {
    exec: {
      dialect: own.dialect,
      run(sql, values) {
        if (!/^(select|with) /i.test(sql)) throw new Error('a read must not change anything')
        return here().run(sql, values)
      },
      change: () => Promise.reject(new Error('a read must not change anything')),
      ask(sql, values) {
        const exec = here()
        return exec.ask ? exec.ask(sql, values) : exec.run(sql, values)
      },
    },
    writes() {
      end()
      isWriting = true
    },
    wrote() {
      isWriting = false
    },
    lookAround,
  }
}
