import type { Work, WorkKind } from '../../core/outbox/outbox.js'
import type { Clock, Store } from '../../core/ports.js'
import { stepBack } from '../load-shedding.js'
import { type Holder, recoverDead } from '../outbox/lease.js'
import type { OutboxJob } from '../outbox/outbox.js'
import { startLookLoop } from '../poll-loop.js'

/** What became of a piece of work: done (and marked so in the handler's own transaction or here), or when to try again. */
export type Outcome = 'done' | { waitMs: number; why: string }

/** Does one piece of work; stops soon after `signal`. Must not throw for what a chat does. */
export type Worker = (work: Work, signal: AbortSignal) => Promise<Outcome>

export interface Working {
  store: Store
  /** Only this workspace's work is done: files are fetched with its token. */
  workspaceId: string
  clock: Clock
  holder: Holder
  workers: Readonly<Record<WorkKind, Worker>>
  /** While many people wait for answers, work steps back a little. */
  isBusy?: () => boolean
  log: (event: string, about: Record<string, unknown>) => void
}

/** Files in progress at once: the bytes of each pass through this process, and more of them would slow down its answers. */
const AT_ONCE = 3
/** A process that has work in hand says so this often; one that died is found out soon, however long the work is. */
const LEASE_MS = 12_000
const RENEW_MS = 4000
const RECOVER_MS = 4000
const LOOK_MS = 1000
const LOOK_AGAIN_MS = 100
const KICK_MS = 10
/** A piece of work that is tried for this long at a stop is let go: its lease runs out by itself. */
const LET_GO_MS = 7000

/**
 * Does the outbox's work in a lane of its own, beside the messages and not at their pace: the oldest first, three at once.
 * Bytes that come slowly hold up nobody's message.
 */
export function startWork(d: Working): OutboxJob {
  const held = new Map<string, { done: Promise<void>; abort: () => void }>()
  let stopped = false
  let recoveredAt = Number.NEGATIVE_INFINITY
  const stepsBack = stepBack(d.isBusy ?? (() => false))

  async function look(): Promise<number> {
    if (stepsBack()) return LOOK_AGAIN_MS
    if (performance.now() - recoveredAt >= RECOVER_MS) {
      recoveredAt = performance.now()
      await recoverDead(d.store, d.holder, d.clock)
    }
    if (held.size >= AT_ONCE) return LOOK_MS
    const due = await d.store.read((tx) => tx.outbox.dueWork(d.clock(), AT_ONCE * 2, d.workspaceId))
    for (const work of due) {
      if (held.size >= AT_ONCE || stopped) break
      if (held.has(work.key)) continue
      const stopping = new AbortController()
      const done = inHand(work, stopping.signal)
        .catch((error: unknown) => d.log('work failed', { key: work.key, error: wordsOf(error) }))
        .finally(() => {
          held.delete(work.key)
          loop.soon(0)
        })
      held.set(work.key, { done, abort: () => stopping.abort() })
    }
    return LOOK_MS
  }
  const loop = startLookLoop(look, (error) => d.log('work failed', { error: wordsOf(error) }))

  async function inHand(work: Work, signal: AbortSignal): Promise<void> {
    // A lease is about processes, not about the campaign: it runs on this machine's clock.
    const by = d.holder.id
    const lease = () => new Date(Date.now() + LEASE_MS)
    if (!(await d.store.write((tx) => tx.outbox.claim(work.key, lease(), by, d.clock())))) return
    const renewing = setInterval(() => {
      d.store
        .write((tx) => tx.outbox.renew(work.key, lease(), by))
        .catch((error: unknown) => d.log('work failed', { key: work.key, error: wordsOf(error) }))
    }, RENEW_MS)
    let outcome: Outcome
    try {
      outcome = await d.workers[work.kind](work, signal)
    } catch (error) {
      d.log('work failed', { key: work.key, kind: work.kind, error: wordsOf(error) })
      outcome = { waitMs: backoffMs(work.attempts), why: 'failed' }
    } finally {
      clearInterval(renewing)
    }
    const now = d.clock()
    await d.store.write((tx) =>
      outcome === 'done'
        ? tx.outbox.done(work.key, now, by)
        : tx.outbox.retry(work.key, new Date(now.getTime() + outcome.waitMs), outcome.why, false, now, by),
    )
  }

  return {
    kick: () => loop.soon(KICK_MS),
    async idle(ms) {
      const deadline = performance.now() + ms
      while (performance.now() < deadline) {
        await loop.settled()
        const due = await d.store.read((tx) => tx.outbox.dueWork(d.clock(), 1, d.workspaceId))
        if (held.size === 0 && due.length === 0) return true
        loop.soon(0)
        await sleep(10)
      }
      return false
    },
    async stop() {
      stopped = true
      await loop.stop()
      const inHand = [...held.values()]
      for (const { abort } of inHand) abort()
      const late = new Promise<void>((done) => setTimeout(done, LET_GO_MS).unref())
      await Promise.race([Promise.all(inHand.map(({ done }) => done)), late])
    },
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 200)
const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

/** The first tries come soon, since somebody is looking; then every five minutes. In seconds. */
const steps = [2, 10, 30, 60, 120, 300]
export const backoffMs = (attempts: number): number =>
  (steps[Math.min(attempts, steps.length - 1)] ?? 300) * 1000 * (0.9 + Math.random() / 5)

/** The messages and the work as one: woken together, quiet together, stopped together. */
export const together = (messages: OutboxJob, work: OutboxJob): OutboxJob => ({
  kick() {
    messages.kick()
    work.kick()
  },
  async idle(ms) {
    const deadline = performance.now() + ms
    // Work that is done may have something to say.
    for (let left = ms; left > 0; left = deadline - performance.now())
      if ((await work.idle(left)) && (await messages.idle(Math.min(left, 100)))) return true
    return false
  },
  async stop() {
    await Promise.all([messages.stop(), work.stop()])
  },
})
