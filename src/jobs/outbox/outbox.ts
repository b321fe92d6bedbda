import { backOff } from '../load-shedding.js'
import { startPollLoop } from '../poll-loop.js'
import { type RateLimits, startRateLimiter } from '../rate-limit.js'
import type { ApiCall, Delivery, DeliveryResult } from './delivery.js'
import { recoverAbandoned } from './lease.js'
import { startSendQueue } from './send-queue.js'

export interface OutboxJob {
  /** Polls soon. Call it when a message may have been added. */
  kick(): void
  /** Resolves with true when nothing is due or in flight, with false after `ms`. */
  idle(ms: number): Promise<boolean>
  /** Starts nothing more; resolves when the results of what is in flight are recorded. */
  stop(): Promise<void>
}

export interface OutboxOptions {
  rates: RateLimits
  /** Whether many people wait for answers: messages back off a little then. */
  isBusy?: () => boolean
  /**
   * `idle` also waits for messages that become due within so many ms, mainly retries. Given only for a process that ends
   * when it is idle; it leaves updates that nobody waits for to the bot.
   */
  foresightMs?: number
}

const POLL_MS = 1000
const POLL_SOON_MS = 100

/** The delay of a poll after `kick`: under load one poll serves all messages added in this time. */
const KICK_MS = 25

/** How often leases are checked for processes that died, at the cost of one short read. */
const RECOVER_MS = 1000

/** How often `idle` checks. */
const IDLE_MS = 20

/**
 * Sends the messages of one workspace. Each workspace has its own rate limits and pauses, and does not wait for another
 * one. First messages and updates have separate queues, since the chat limits them separately.
 */
export function startOutbox(d: Delivery, { rates, isBusy = () => false, foresightMs }: OutboxOptions): OutboxJob {
  const { updatesPerMinute: perMinute, ...rate } = rates
  const unlimited = { perSecond: Number.POSITIVE_INFINITY, burst: Number.POSITIVE_INFINITY }
  const limiters = {
    post: startRateLimiter(rate),
    update: startRateLimiter({ ...rate, perMinute }),
    // Many look-ups happen only when a new roster is reminded for the first time; the chat then reports its limit.
    lookup: startRateLimiter(unlimited),
    find: startRateLimiter(unlimited),
  } satisfies Record<ApiCall, unknown>
  const after = ({ pause }: DeliveryResult) => {
    if (pause) limiters[pause.call].pause(pause.ms)
  }
  const pollSoon = () => loop.soon(KICK_MS)
  const hurried = foresightMs !== undefined
  const shared = { rates, hurried, isBusy, after, pollSoon, pausedMs: (call: ApiCall) => limiters[call].pausedMs() }
  const queues = [
    startSendQueue(d, { ...shared, name: 'new', limiter: limiters.post }),
    startSendQueue(d, { ...shared, name: 'stale', limiter: limiters.update }),
  ]
  let recoveredAt = Number.NEGATIVE_INFINITY

  const backsOff = backOff(isBusy)

  async function poll(): Promise<number> {
    if (backsOff()) return POLL_SOON_MS
    if (performance.now() - recoveredAt >= RECOVER_MS) {
      recoveredAt = performance.now()
      const n = await recoverAbandoned(d.store, d.owner, d.clock)
      if (n > 0) d.log('messages recovered', { count: n })
    }
    let more = false
    for (const queue of queues) if (await queue.poll(d.clock())) more = true
    return more ? POLL_SOON_MS : POLL_MS
  }
  const loop = startPollLoop(poll, (error) =>
    d.log('outbox failed', { error: error instanceof Error ? error.message : String(error) }),
  )

  async function isIdle(): Promise<boolean> {
    await loop.settled()
    if (!queues.every((queue) => queue.isEmpty())) return false
    const by = new Date(d.clock().getTime() + (foresightMs ?? 0))
    return (await d.store.read((tx) => tx.outbox.pending(by, d.workspaceId))) === 0
  }

  return {
    kick: pollSoon,
    async idle(ms) {
      const deadline = performance.now() + ms
      for (;;) {
        if (await isIdle()) return true
        if (performance.now() >= deadline) return false
        loop.soon(0)
        await new Promise((done) => setTimeout(done, IDLE_MS))
      }
    },
    async stop() {
      await Promise.all([loop.stop(), ...queues.map((queue) => queue.stop())])
    },
  }
}
