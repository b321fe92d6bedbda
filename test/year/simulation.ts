import Database from 'better-sqlite3'
import { vi } from 'vitest'
import type { Dice } from '../chance.js'
import { type KillableBot, Killed, startKillableBot } from './killable-bot.js'
import type { UnreliableSlack } from './unreliable-slack.js'

/** Waits for one turn of the event loop; `setImmediate` is not faked. */
const eventLoopTurn = () => new Promise<void>((done) => setImmediate(done))
/** Simulated time after which a waiting message counts as stuck. */
const STUCK_AFTER_MS = 40 * 3_600_000

/** A simulated clock, and one bot after another on the same database file. */
export interface Simulation {
  now(): number
  /** Sets the clock without running timers. */
  setTime(at: number): void
  /** Runs work on the current bot, and again on the next bot when that one is killed before the work is done. */
  runOnBot<T>(work: (bot: KillableBot) => Promise<T>): Promise<T>
  /** Advances the clock and runs the timers that come due. */
  advance(ms: number): Promise<void>
  /** Advances the clock until all messages are sent, or until an instant. Throws an error when a message is stuck. */
  settle(until?: number): Promise<void>
  /** Kills the current bot immediately. */
  kill(): void
  /** Kills bots, each at a random step, until this total of kills is reached. */
  setKillTarget(total: number): void
  /** The number of kills so far. */
  killCount(): number
  /** Stops the bot and restores the real clock. */
  close(): Promise<void>
}

/** Replaces the timers, dates and `Math.random` of this process by simulated ones and starts the first bot. */
export async function createSimulation(options: {
  start: number
  file: string
  workspaceId: string
  slack: UnreliableSlack
  chance: Dice
}): Promise<Simulation> {
  const { file, workspaceId, slack, chance } = options
  vi.useFakeTimers({
    now: options.start,
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
  })
  const randomSpy = vi.spyOn(Math, 'random').mockImplementation(chance)
  const db = new Database(file, { readonly: true })
  const nextDue = db.prepare("select min(due_at) from outbox where state in ('waiting', 'stale')").pluck()
  const nextLeaseEnd = db.prepare("select min(lease_until) from outbox where state = 'sending'").pluck()
  let killCount = 0
  let killTarget = 0
  let bot = startBot()

  function startBot(): KillableBot {
    return startKillableBot(file, workspaceId, slack)
  }
  /** Schedules a kill while the target is not reached. A bot reaches the high steps only when it sends many messages. */
  function scheduleKill(): void {
    if (killCount < killTarget && !bot.isKillScheduled())
      bot.killAfter(chance.between(1, chance.pick([3, 300, 1500, 3000])))
  }

  /** Waits until the bot only waits for timers, or is killed. */
  async function idle(): Promise<void> {
    do {
      await eventLoopTurn()
      await eventLoopTurn()
    } while (!bot.isKilled() && bot.pendingWrites() > 0)
  }
  async function advance(ms: number): Promise<void> {
    vi.advanceTimersByTime(ms)
    await idle()
  }
  async function replaceKilledBot(): Promise<void> {
    killCount++
    await bot.close()
    // The supervisor starts the bot again, sometimes late.
    await advance(chance.pick([0, 0, 2000, 30_000, 240_000]))
    bot = startBot()
    scheduleKill()
    await idle()
  }
  /** When the next message is due or the next lease ends. */
  const nextEvent = (): number | undefined => {
    const times = [nextDue.get(), nextLeaseEnd.get()].filter((t): t is string => typeof t === 'string')
    return times.length > 0 ? Math.min(...times.map((t) => Date.parse(t))) : undefined
  }

  return {
    now: () => Date.now(),
    setTime(at) {
      vi.setSystemTime(at)
    },
    async runOnBot(work) {
      for (;;) {
        if (bot.isKilled()) await replaceKilledBot()
        try {
          return await Promise.race([work(bot), bot.killed])
        } catch (error) {
          if (!(error instanceof Killed)) throw error
        }
      }
    },
    advance,
    async settle(until = Number.POSITIVE_INFINITY) {
      const deadline = Date.now() + STUCK_AFTER_MS
      bot.kick()
      await idle()
      for (;;) {
        if (bot.isKilled()) await replaceKilledBot()
        const at = nextEvent()
        if (at === undefined && slack.callsInFlight() === 0) return
        const now = Date.now()
        if (now >= until || (slack.callsInFlight() === 0 && at !== undefined && at > until)) return
        if (now > deadline && until === Number.POSITIVE_INFINITY)
          throw new Error(`messages are stuck: ${JSON.stringify(unsent(db))}`)
        if (slack.callsInFlight() > 0) await advance(200)
        else if (at !== undefined && at > now) await advance(at - now)
        else await advance(1000)
      }
    },
    setKillTarget(total) {
      killTarget = total
      scheduleKill()
    },
    kill: () => bot.killAfter(0),
    killCount: () => killCount,
    async close() {
      await bot.close()
      db.close()
      vi.useRealTimers()
      randomSpy.mockRestore()
    },
  }
}

/** Some unsent messages, for the error message. */
const unsent = (db: Database.Database): unknown =>
  db
    .prepare(
      "select key, state, attempts, uncertain, due_at, lease_until, error from outbox where state in ('waiting', 'stale', 'sending') limit 5",
    )
    .all()
