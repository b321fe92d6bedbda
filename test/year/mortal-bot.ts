import type Database from 'better-sqlite3'
import type { Store } from '../../src/core/ports.js'
import { startOutbox } from '../../src/jobs/outbox/outbox.js'
import { tick } from '../../src/jobs/tick.js'
import { slackLimits } from '../../src/slack/limits.js'
import { slackFailureReason } from '../../src/slack/outbound/failure-reason.js'
import { connect } from '../../src/store/sqlite/connect.js'
import { sqliteStore } from '../../src/store/sqlite/store.js'
import type { UnreliableSlack } from './unreliable-slack.js'

/** Never settles, because the process that waits for it was killed. */
const never = <T>(): Promise<T> => new Promise<T>(() => undefined)

/** One simulated process of the bot, from its start to its kill. */
export interface Life {
  /** For people and ticks: requests after the kill are never answered. */
  store: Store
  tick(): Promise<unknown>
  kick(): void
  isDead(): boolean
  /** Rejects at the kill. */
  death: Promise<never>
  /** Writes in progress. */
  writing(): number
  /** Kills it after so many more steps, or at once for 0. */
  doom(steps: number): void
  isDoomed(): boolean
  /** Closes the file. */
  bury(): Promise<void>
}

let lives = 0
/** Killed processes are detected at once. */
const gone = new Set<string>()

export class Killed extends Error {}

/**
 * Starts the bot's store, tick and outbox on a file, as a simulated process that can be killed at any of its steps to and
 * from the database and the chat. Uncommitted writes are lost then, calls to the chat in progress may still arrive, and
 * nothing else happens. The next process knows only what is in the file.
 */
export function startLife(file: string, workspaceId: string, slack: UnreliableSlack): Life {
  const writer: Database.Database = connect(file)
  // After a kill, unlike a power cut, the operating system keeps what was written.
  writer.pragma('synchronous = OFF')
  const real = sqliteStore(writer, connect(file, true))
  const id = `life ${++lives}`
  let left = Number.POSITIVE_INFINITY
  let dead = false
  let writing = 0
  let die: (error: Killed) => void = () => undefined
  const death = new Promise<never>((_, reject) => {
    die = reject
  })
  death.catch(() => undefined)
  const step = (): boolean => {
    if (!dead && --left <= 0) {
      dead = true
      gone.add(id)
      die(new Killed())
    }
    return dead
  }

  async function outcome<T>(work: () => Promise<T>): Promise<T> {
    if (step()) return never()
    const settled = await work().then(
      (value) => () => value,
      (error: unknown) => () => {
        throw error
      },
    )
    return step() ? never() : settled()
  }
  const store: Store = {
    write: (useCase) => {
      if (dead) return never()
      writing++
      return outcome(() =>
        real.write((tx) => {
          // Killed before the transaction started.
          if (dead) throw new Killed()
          return useCase(tx)
        }),
      ).finally(() => writing--)
    },
    read: (query) => (dead ? never() : real.read(query)),
    close: () => real.close(),
  }
  const through = <A extends unknown[], T>(method: (...args: A) => Promise<T>) => {
    return (...args: A): Promise<T> => outcome(() => method(...args))
  }
  const { sender, directory } = slack
  const clock = () => new Date()
  const shared = { store, clock, timeZone: 'Asia/Ho_Chi_Minh' }
  const outbox = startOutbox(
    {
      ...shared,
      sender: { post: through(sender.post), update: through(sender.update), find: through(sender.find) },
      directory: { ...directory, byEmail: through(directory.byEmail) },
      limits: slackLimits,
      reasonOf: slackFailureReason,
      workspaceId,
      admins: new Set<string>(),
      owner: { id, isGone: (other) => gone.has(other) },
      log: () => undefined,
    },
    { rates: { perPersonMs: 0, perSecond: 1e9, burst: 1e9 } },
  )
  return {
    store,
    tick: () => tick({ ...shared, workspaceId, retire: async () => false }),
    kick: outbox.kick,
    isDead: () => dead,
    death,
    writing: () => writing,
    doom(steps) {
      left = Math.min(left, steps)
      if (steps === 0) step()
    },
    isDoomed: () => left < Number.POSITIVE_INFINITY,
    async bury() {
      dead = true
      gone.add(id)
      await real.close()
    },
  }
}
