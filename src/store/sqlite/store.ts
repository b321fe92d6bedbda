import type Database from 'better-sqlite3'
import type { Store } from '../../core/ports.js'
import { rowsOf } from '../tx.js'
import { sqliteExec } from './exec.js'
import { groupCommit } from './group-commit.js'
import { checkpointWhenIdle } from './idle-checkpoint.js'
import { queryCache } from './query-cache.js'
import { sharedReads } from './read-transaction.js'

/** A store on one SQLite file. Writes resolve after their commit is on the disk; reads see committed data only. */
export function sqliteStore(writer: Database.Database, reader: Database.Database): Store {
  const cache = queryCache()
  const checkpoints = checkpointWhenIdle(writer)
  const exec = sqliteExec(writer, cache, checkpoints.eraseLog)
  const reads = sharedReads(writer, exec, sqliteExec(reader), cache)
  const readTx = rowsOf(reads.exec)
  const writes = groupCommit(writer, rowsOf(exec), reads, cache, checkpoints)
  return {
    write: writes.write,
    read: (query) => query(readTx),
    async close() {
      await writes.close()
      reader.close()
      writer.close()
    },
  }
}
