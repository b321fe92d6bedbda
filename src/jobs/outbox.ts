import type { Message } from '../core/outbox.js'
import { type Delivery, deliver } from './deliver.js'

/** How fast messages may go out (docs.slack.dev, "Rate limits": about one a second a channel, and a cap for all). */
export interface Pace {
  perPersonMs: number
  perSecond: number
  burst: number
}
export const slackPace: Pace = { perPersonMs: 1000, perSecond: 20, burst: 40 }

export interface OutboxJob {
  /** Something may have been added: look soon. */
  kick(): void
  /** Resolves when nothing is due and nothing is in hand, or at the latest after `ms`; false when that came first. */
  idle(ms: number): Promise<boolean>
  /** Takes nothing more in hand; resolves when what is in hand was sent or marked. */
  stop(): Promise<void>
}

const WINDOW = 300
/** Seconds of sending that are held ready: what waits behind them can wait in the store, unread. */
const READY_S = 2
/** Messages of one person that are held ready; more of them wait in the store until these are gone. */
const AHEAD = 4
const LOOK_MS = 1000
const LOOK_AGAIN_MS = 100

/** How long a message steps back, at most, for people who are waiting for an answer. */
const STEP_BACK_MS = 500

/**
 * Sends what is due, oldest first, each person's messages one after the other. While `isBusy`, people wait for answers
 * and messages step back a little.
 */
export function startOutbox(d: Delivery, pace: Pace, isBusy: () => boolean = () => false): OutboxJob {
  const queues = new Map<string, Message[]>()
  const held = new Set<string>()
  /** Until when each person's messages were put off, so that each of them is put off once and to its own turn. */
  const turns = new Map<string, number>()
  let tokens = pace.burst
  let filled = Date.now()
  let pausedUntil = 0
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let nextAt = 0
  let looking: Promise<number> | undefined
  let lastRecovery = 0

  async function look(): Promise<number> {
    if (Date.now() - lastRecovery > 15_000) {
      lastRecovery = Date.now()
      const n = await d.store.write((tx) => tx.outbox.recover(new Date()))
      if (n > 0) d.log('messages recovered', { count: n })
    }
    if (held.size >= pace.perSecond * READY_S) return 0
    const now = d.clock()
    for (const [person, at] of turns) if (at <= now.getTime()) turns.delete(person)
    const due = await d.store.read((tx) => tx.outbox.due(now, WINDOW))
    const later: { key: string; at: Date }[] = []
    for (const message of due) {
      if (held.has(message.key)) continue
      const queue = queues.get(message.personId) ?? []
      if (pace.perPersonMs > 0 && queue.length >= AHEAD) {
        const last = turns.get(message.personId) ?? now.getTime() + pace.perPersonMs * (AHEAD - 1)
        turns.set(message.personId, last + pace.perPersonMs)
        later.push({ key: message.key, at: new Date(last + pace.perPersonMs) })
        continue
      }
      held.add(message.key)
      queue.push(message)
      if (!queues.has(message.personId)) {
        queues.set(message.personId, queue)
        void work(message.personId, queue)
      }
    }
    if (later.length > 0)
      await d.store.write(async (tx) => {
        for (const { key, at } of later) await tx.outbox.defer(key, at)
      })
    return due.length
  }

  async function work(person: string, queue: Message[]): Promise<void> {
    for (let message = queue[0]; message && !stopped; message = queue[0]) {
      await turn()
      if (stopped) break
      try {
        const { waitMs } = await deliver(d, message)
        if (waitMs > 0) pausedUntil = Math.max(pausedUntil, Date.now() + waitMs)
      } catch (error) {
        d.log('outbox failed', { error: error instanceof Error ? error.message : String(error) })
        await sleep(LOOK_MS)
      }
      queue.shift()
      held.delete(message.key)
      if (pace.perPersonMs > 0) await sleep(pace.perPersonMs)
    }
    for (const message of queue) held.delete(message.key)
    queues.delete(person)
    schedule(0)
  }

  /** Waits for a place under the pace of the whole workspace. */
  async function turn(): Promise<void> {
    for (let waited = 0; waited < STEP_BACK_MS && isBusy() && !stopped; waited += 50) await sleep(50)
    for (;;) {
      const now = Date.now()
      tokens = Math.min(pace.burst, tokens + ((now - filled) / 1000) * pace.perSecond)
      filled = now
      if (stopped || (tokens >= 1 && now >= pausedUntil)) {
        tokens -= 1
        return
      }
      // Short naps, so that a long wait that the chat asks for does not hold up a stop.
      await sleep(Math.min(200, Math.max(pausedUntil - now, tokens < 1 ? 1000 / pace.perSecond : 0, 1)))
    }
  }

  /** Looks after `ms` at the latest; a look that is planned sooner stands. */
  function schedule(ms: number): void {
    const at = Date.now() + ms
    if (stopped || (timer && at >= nextAt)) return
    clearTimeout(timer)
    nextAt = at
    timer = setTimeout(() => {
      timer = undefined
      looking ??= look()
        .catch((error: unknown) => {
          d.log('outbox failed', { error: error instanceof Error ? error.message : String(error) })
          return 0
        })
        .finally(() => {
          looking = undefined
        })
      void looking.then((n) => schedule(n === WINDOW ? LOOK_AGAIN_MS : LOOK_MS))
    }, ms)
  }
  schedule(0)

  return {
    // Under load a look every so often serves all that came meanwhile.
    kick: () => schedule(LOOK_AGAIN_MS / 4),
    async idle(ms) {
      const deadline = Date.now() + ms
      for (;;) {
        await (looking ?? Promise.resolve())
        if (queues.size === 0 && (await d.store.read((tx) => tx.outbox.pending(d.clock()))) === 0) return true
        if (Date.now() >= deadline) return false
        schedule(0)
        await sleep(20)
      }
    },
    async stop() {
      stopped = true
      clearTimeout(timer)
      await looking
      while (queues.size > 0) await sleep(10)
    },
  }
}

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))
