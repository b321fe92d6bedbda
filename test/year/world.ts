import Database from 'better-sqlite3'
import { vi } from 'vitest'
import type { Dice } from '../chance.js'
import { Killed, type Life, startLife } from './mortal-bot.js'
import type { UnreliableSlack } from './unreliable-slack.js'

const turn = () => new Promise<void>((done) => setImmediate(done))
/** Simulated time after which a waiting message counts as stuck. */
const PATIENCE_MS = 40 * 3_600_000

export interface World {
  now(): number
  /** Moves the clock to an instant while nothing is in progress. */
  goTo(at: number): void
  /** Runs work on the current bot, and again on the next one when it is killed meanwhile. */
  ask<T>(work: (life: Life) => Promise<T>): Promise<T>
  /** Advances the time, also while calls are in progress. */
  pass(ms: number): Promise<void>
  /** Advances the time until all waiting messages are sent, or until an instant. Throws an error when a message is stuck. */
  settle(until?: number): Promise<void>
  /** Kills the current bot at once. */
  kill(): void
  /** Stops the bot and starts another. */
  restart(): Promise<void>
  /** From now on kills bots, each at a random step, until so many were killed. */
  killUntil(kills: number): void
  kills(): number
  end(): Promise<void>
}

/**
 * A simulated clock for all timers and dates of this process, and one bot after another on the same
 * file.
 */
export async function createWorld(options: {
  start: number
  file: string
  workspaceId: string
  slack: UnreliableSlack
  chance: Dice
}): Promise<World> {
  const { file, workspaceId, slack, chance } = options
  vi.useFakeTimers({
    now: options.start,
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
  })
  const jitter = vi.spyOn(Math, 'random').mockImplementation(chance)
  const db = new Database(file, { readonly: true })
  const dueNext = db.prepare("select min(due_at) from outbox where state in ('waiting', 'stale')").pluck()
  const leaseNext = db.prepare("select min(lease_until) from outbox where state = 'sending'").pluck()
  let died = 0
  let quota = 0
  let life = begin()

  function begin(): Life {
    return startLife(file, workspaceId, slack)
  }
  /** Within the next steps, or during a burst of messages. */
  function doom(): void {
    if (died < quota && !life.isDoomed()) life.doom(chance.between(1, chance.pick([3, 300, 1500, 3000])))
  }

  /** Waits until the process waits for a timer, or is killed. */
  async function quiet(): Promise<void> {
    do {
      await turn()
      await turn()
    } while (!life.isDead() && life.writing() > 0)
  }
  async function pass(ms: number): Promise<void> {
    vi.advanceTimersByTime(ms)
    await quiet()
  }
  async function next(): Promise<void> {
    died++
    await life.bury()
    // The supervisor starts the bot again, sometimes late.
    await pass(chance.pick([0, 0, 2000, 30_000, 240_000]))
    life = begin()
    doom()
    await quiet()
  }
  const earliest = (): number | undefined => {
    const times = [dueNext.get(), leaseNext.get()].filter((t): t is string => typeof t === 'string')
    return times.length > 0 ? Math.min(...times.map((t) => Date.parse(t))) : undefined
  }

  return {
    now: () => Date.now(),
    goTo(at) {
      vi.setSystemTime(at)
    },
    async ask(work) {
      for (;;) {
        if (life.isDead()) await next()
        try {
          return await Promise.race([work(life), life.death])
        } catch (error) {
          if (!(error instanceof Killed)) throw error
        }
      }
    },
    pass,
    async settle(until = Number.POSITIVE_INFINITY) {
      const patience = Date.now() + PATIENCE_MS
      life.kick()
      await quiet()
      for (;;) {
        if (life.isDead()) await next()
        const at = earliest()
        if (at === undefined && slack.inHand() === 0) return
        const now = Date.now()
        if (now >= until || (slack.inHand() === 0 && at !== undefined && at > until)) return
        if (now > patience && until === Number.POSITIVE_INFINITY)
          throw new Error(`messages wait for ever: ${JSON.stringify(left(db))}`)
        if (slack.inHand() > 0) await pass(200)
        else if (at !== undefined && at > now) await pass(at - now)
        else await pass(1000)
      }
    },
    async restart() {
      await life.bury()
      life = begin()
      doom()
      await quiet()
    },
    killUntil(kills) {
      quota = kills
      doom()
    },
    kill: () => life.doom(0),
    kills: () => died,
    async end() {
      await life.bury()
      db.close()
      vi.useRealTimers()
      jitter.mockRestore()
    },
  }
}

const left = (db: Database.Database): unknown =>
  db
    .prepare(
      "select key, state, attempts, uncertain, due_at, lease_until, error from outbox where state in ('waiting', 'stale', 'sending') limit 5",
    )
    .all()
