import Database from 'better-sqlite3'
import { vi } from 'vitest'
import type { Dice } from '../chance.js'
import { Killed, type Life, startLife } from './mortal-bot.js'
import type { UnreliableSlack } from './unreliable-slack.js'

const turn = () => new Promise<void>((done) => setImmediate(done))
/** Simulated time after which what still waits is taken to wait for ever. */
const PATIENCE_MS = 40 * 3_600_000

export interface World {
  now(): number
  /** Moves the clock to an instant, over a time in which nothing is under way. */
  goTo(at: number): void
  /** Has something done by the bot that lives; done anew by the next one when it dies over it. */
  ask<T>(work: (life: Life) => Promise<T>): Promise<T>
  /** Lets a little time pass, whatever is under way. */
  pass(ms: number): Promise<void>
  /** Lets time pass until all that waits was sent, or until an instant. Throws when something never is. */
  settle(until?: number): Promise<void>
  /** Kills the bot that lives, here and now. */
  kill(): void
  /** A stop and a start, in peace. */
  restart(): Promise<void>
  /** From now on bots are killed until that many were; each somewhere in what it does next. */
  killUntil(kills: number): void
  kills(): number
  end(): Promise<void>
}

/**
 * A simulated clock for everything in this process (its timers and its dates), and on it one bot after another on the same
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
  /** At the very next steps, or amid a burst of messages. */
  function doom(): void {
    if (died < quota && !life.isDoomed()) life.doom(chance.between(1, chance.pick([3, 300, 1500, 3000])))
  }

  /** Until the process waits for time to pass, or is dead. */
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
    // Whoever watches over the bot starts it again, sometimes late.
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
