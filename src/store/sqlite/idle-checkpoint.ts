import type Database from 'better-sqlite3'

/** How often it is looked whether the rush is over, in ms. */
const LOOK_MS = 200
/** So many writes between two looks are a rush; what the bot sends by itself is fewer. */
const RUSH = 25
/** 128 MB of log, after which it is not put off any longer: reading slows down with its length. */
const MOST_PAGES = 32_000

export interface Checkpoints {
  /** So many use cases were committed just now. */
  wrote(useCases: number): void
  stop(): void
}

/**
 * Carries what the log holds into the database when few people write. By itself SQLite does it after a thousand pages, in
 * the middle of a rush, while all who wait for a commit wait for that too. Safe at any moment: the log keeps what is not
 * carried over (sqlite.org/wal.html, "Checkpointing").
 */
export function checkpointWhenQuiet(db: Database.Database): Checkpoints {
  db.pragma(`wal_autocheckpoint = ${MOST_PAGES}`)
  const checkpoint = db.prepare('pragma wal_checkpoint(passive)')
  let timer: NodeJS.Timeout | undefined
  let writes = 0
  let lastWrite = 0
  const look = () => {
    timer = undefined
    const isRush = writes > RUSH && performance.now() - lastWrite < LOOK_MS / 2
    writes = 0
    if (isRush || db.inTransaction || !carryOver()) lookLater()
  }
  function carryOver(): boolean {
    try {
      checkpoint.all()
      return true
    } catch {
      // Such as a full disk. Nothing is lost, and whoever writes is told; a timer that throws would end the process.
      return false
    }
  }
  const lookLater = () => {
    timer ??= setTimeout(look, LOOK_MS).unref()
  }
  return {
    wrote(useCases) {
      writes += useCases
      lastWrite = performance.now()
      lookLater()
    },
    stop: () => clearTimeout(timer),
  }
}
