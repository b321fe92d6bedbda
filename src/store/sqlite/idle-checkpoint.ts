import type Database from 'better-sqlite3'
import { BUSY_TIMEOUT_MS } from './connect.js'

/** How often it is checked whether few people write, in ms. */
const CHECK_MS = 200

/** More use cases than this between two checks are load; what the bot sends on its own initiative is fewer. */
const BUSY_WRITES = 25

/** 128 MB of log, after which SQLite checkpoints by itself: reads slow down with the length of the log. */
const MAX_PAGES = 32_000

export interface Checkpoints {
  /** Counts committed use cases. */
  wrote(useCases: number): void
  /**
   * After the next commit the log is copied and truncated, so that no earlier version of a row remains in it; while another
   * process reads it, at the next idle moments.
   */
  eraseLog(): void
  stop(): void
}

/**
 * Copies the write-ahead log into the database when few people write. SQLite by itself does it after a thousand pages,
 * even during an overload, and everyone who waits for a commit then waits for the copying too. Safe at any moment:
 * pages that were not copied stay in the log (sqlite.org/wal.html, "Checkpointing").
 *
 * Measured: with SQLite's own checkpoints forms are 10 to 15 % slower.
 */
export function checkpointWhenIdle(db: Database.Database): Checkpoints {
  db.pragma(`wal_autocheckpoint = ${MAX_PAGES}`)
  const checkpoint = db.prepare('pragma wal_checkpoint(passive)')
  let mustErase = false
  let timer: NodeJS.Timeout | undefined
  let writes = 0
  let lastWrite = 0
  const check = () => {
    timer = undefined
    const isBusy = writes > BUSY_WRITES && performance.now() - lastWrite < CHECK_MS / 2
    writes = 0
    if (mustErase) erase()
    if (mustErase || isBusy || db.inTransaction || !tryCheckpoint()) checkLater()
  }
  function erase(): void {
    if (db.inTransaction) return
    try {
      // Does not wait for a reader in another process, and so not for one in this process either.
      db.pragma('busy_timeout = 0')
      const [done] = db.pragma('wal_checkpoint(truncate)') as { busy: number }[]
      mustErase = done?.busy !== 0
    } catch {
      // As below: tried again.
    } finally {
      db.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`)
    }
  }
  function tryCheckpoint(): boolean {
    try {
      checkpoint.all()
      return true
    } catch {
      // A full disk, for instance. Nothing is lost, and writers get the error; thrown here it would end the process.
      return false
    }
  }
  const checkLater = () => {
    timer ??= setTimeout(check, CHECK_MS).unref()
  }
  return {
    wrote(useCases) {
      writes += useCases
      lastWrite = performance.now()
      if (mustErase) erase()
      checkLater()
    },
    eraseLog() {
      mustErase = true
    },
    stop: () => clearTimeout(timer),
  }
}
