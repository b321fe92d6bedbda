import type Database from 'better-sqlite3'
import type { Store } from '../../src/core/ports.js'
import { startOutbox } from '../../src/jobs/outbox/outbox.js'
import { tick } from '../../src/jobs/tick.js'
import { slackLimits } from '../../src/slack/limits.js'
import { slackFailureReason } from '../../src/slack/outbound/failure-reason.js'
import { connect } from '../../src/store/sqlite/connect.js'
import { sqliteStore } from '../../src/store/sqlite/store.js'
import type { UnreliableSlack } from './unreliable-slack.js'

/** A promise that never settles, for callers in a simulated process that was killed. */
const never = <T>(): Promise<T> => new Promise<T>(() => undefined)

/** A simulated process of the bot, which can be killed. */
export interface KillableBot {
  /** The store that users and ticks use. Its promises never settle after the kill. */
  store: Store
  tick(): Promise<unknown>
  /** Makes the outbox look for due messages. */
  kick(): void
  isKilled(): boolean
  /** Rejects with `Killed` when the process is killed. */
  killed: Promise<never>
  /** The number of writes in progress. */
  pendingWrites(): number
  /**
   * Kills the process after this number of steps, immediately for 0. A step is the start or the end of a write or of a
   * call to the chat.
   */
  killAfter(steps: number): void
  isKillScheduled(): boolean
  /** Kills the process and closes its database connections. */
  close(): Promise<void>
}

let startedCount = 0
/** Owner ids of the killed processes, so that the next process knows that their leases have lost their owner. */
const killedOwners = new Set<string>()

/** The simulated process was killed during a call. */
export class Killed extends Error {}

/**
 * Starts the bot's store, tick and outbox on a database file, as a simulated process that can be killed at the
 * start or the end of any write or call to the chat. A kill loses uncommitted writes; calls in flight may still arrive.
 * The next process knows only what is in the file.
 */
export function startKillableBot(file: string, workspaceId: string, slack: UnreliableSlack): KillableBot {
  const writer: Database.Database = connect(file)
  // The file survives a kill without fsync; only a power failure would need it.
  writer.pragma('synchronous = OFF')
  const innerStore = sqliteStore(writer, connect(file, true))
  const id = `bot ${++startedCount}`
  let stepsLeft = Number.POSITIVE_INFINITY
  let isKilled = false
  let pendingWrites = 0
  let rejectKilled: (error: Killed) => void = () => undefined
  const killed = new Promise<never>((_, reject) => {
    rejectKilled = reject
  })
  killed.catch(() => undefined)
  /** Counts a step and returns whether the process is killed. */
  const step = (): boolean => {
    if (!isKilled && --stepsLeft <= 0) {
      isKilled = true
      killedOwners.add(id)
      rejectKilled(new Killed())
    }
    return isKilled
  }

  /** Runs a call as two steps, its start and its end; never settles when the process is killed at either. */
  async function killable<T>(work: () => Promise<T>): Promise<T> {
    if (step()) return never()
    const returnOrThrow = await work().then(
      (value) => () => value,
      (error: unknown) => () => {
        throw error
      },
    )
    return step() ? never() : returnOrThrow()
  }
  const store: Store = {
    write: (useCase) => {
      if (isKilled) return never()
      pendingWrites++
      return killable(() =>
        innerStore.write((tx) => {
          // The kill came while the transaction was queued.
          if (isKilled) throw new Killed()
          return useCase(tx)
        }),
      ).finally(() => pendingWrites--)
    },
    read: (query) => (isKilled ? never() : innerStore.read(query)),
    close: () => innerStore.close(),
  }
  const wrap = <A extends unknown[], T>(method: (...args: A) => Promise<T>) => {
    return (...args: A): Promise<T> => killable(() => method(...args))
  }
  const { sender, directory } = slack
  const clock = () => new Date()
  const dependencies = { store, clock, timeZone: 'Asia/Ho_Chi_Minh' }
  const outbox = startOutbox(
    {
      ...dependencies,
      sender: { post: wrap(sender.post), update: wrap(sender.update), find: wrap(sender.find) },
      directory: { ...directory, byEmail: wrap(directory.byEmail) },
      limits: slackLimits,
      reasonOf: slackFailureReason,
      workspaceId,
      admins: new Set<string>(),
      owner: { id, isGone: (other) => killedOwners.has(other) },
      log: () => undefined,
    },
    { rates: { perPersonMs: 0, perSecond: 1e9, burst: 1e9 } },
  )
  return {
    store,
    tick: () => tick({ ...dependencies, workspaceId, retire: async () => false }),
    kick: outbox.kick,
    isKilled: () => isKilled,
    killed,
    pendingWrites: () => pendingWrites,
    killAfter(steps) {
      stepsLeft = Math.min(stepsLeft, steps)
      if (steps === 0) step()
    },
    isKillScheduled: () => stepsLeft < Number.POSITIVE_INFINITY,
    async close() {
      isKilled = true
      killedOwners.add(id)
      await innerStore.close()
    },
  }
}
