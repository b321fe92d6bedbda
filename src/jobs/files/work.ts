import type { Work, WorkKind } from '../../core/outbox/outbox.js'
import { aboutUnsent } from '../../core/outbox/unsent-files.js'
import type { Clock, Store, Tx } from '../../core/ports.js'
import { backOff } from '../load-shedding.js'
import { type LeaseOwner, recoverAbandoned } from '../outbox/lease.js'
import type { OutboxJob } from '../outbox/outbox.js'
import { startPollLoop } from '../poll-loop.js'

/** The result of a piece of work: done, when to retry, or why it was given up. */
export type WorkResult = 'done' | { waitMs: number; why: string } | { failed: string }

/** Does one piece of work; stops soon after `signal`. Must not throw for what a chat does. */
export type WorkHandler = (work: Work, signal: AbortSignal) => Promise<WorkResult>

export interface WorkOptions {
  store: Store
  /** Only this workspace's work is done: files are fetched with its token. */
  workspaceId: string
  clock: Clock
  owner: LeaseOwner
  handlers: Readonly<Record<WorkKind, WorkHandler>>
  /** Called in the transaction that records that work was given up. */
  gaveUp: (tx: Tx, work: Work, now: Date) => Promise<void>
  /** Whether many people wait for answers: work backs off a little then. */
  isBusy?: () => boolean
  log: (event: string, about: Record<string, unknown>) => void
}

/**
 * Pieces of work in progress at once. The bytes of each file pass through this process: with three, memory use stays
 * low and responses stay fast.
 */
const AT_ONCE = 3

/** Leases are short and renewed, so that the death of a process is detected soon, however long the work takes. */
const LEASE_MS = 12_000
const RENEW_MS = 4000
const RECOVER_MS = 4000
const POLL_MS = 1000
const POLL_SOON_MS = 100
const KICK_MS = 10

/** A stop waits this long for work in progress; after that its lease expires by itself. */
const STOP_MS = 7000

/**
 * Does the outbox's work, oldest first and three pieces at once, independent of messages and their rate limits: a slow
 * download delays no message.
 */
export function startWork(d: WorkOptions): OutboxJob {
  const inProgress = new Map<string, { done: Promise<void>; abort: () => void }>()
  let stopped = false
  let recoveredAt = Number.NEGATIVE_INFINITY
  const backsOff = backOff(d.isBusy ?? (() => false))

  async function poll(): Promise<number> {
    if (backsOff()) return POLL_SOON_MS
    if (performance.now() - recoveredAt >= RECOVER_MS) {
      recoveredAt = performance.now()
      await recoverAbandoned(d.store, d.owner, d.clock)
    }
    if (inProgress.size >= AT_ONCE) return POLL_MS
    const due = await d.store.read((tx) => tx.outbox.dueWork(d.clock(), AT_ONCE * 2, d.workspaceId))
    for (const work of due) {
      if (inProgress.size >= AT_ONCE || stopped) break
      if (inProgress.has(work.key)) continue
      const stopping = new AbortController()
      const done = handle(work, stopping.signal)
        .catch((error: unknown) => d.log('work failed', { key: work.key, error: messageOf(error) }))
        .finally(() => {
          inProgress.delete(work.key)
          loop.soon(0)
        })
      inProgress.set(work.key, { done, abort: () => stopping.abort() })
    }
    return POLL_MS
  }
  const loop = startPollLoop(poll, (error) => d.log('work failed', { error: messageOf(error) }))

  async function handle(work: Work, signal: AbortSignal): Promise<void> {
    // Leases are about processes, not about the campaign, so they use this machine's clock.
    const by = d.owner.id
    const lease = () => new Date(Date.now() + LEASE_MS)
    if (!(await d.store.write((tx) => tx.outbox.claim(work.key, lease(), by, d.clock())))) return
    const renewing = setInterval(() => {
      d.store
        .write((tx) => tx.outbox.renew(work.key, lease(), by))
        .catch((error: unknown) => d.log('work failed', { key: work.key, error: messageOf(error) }))
    }, RENEW_MS)
    let result: WorkResult
    try {
      result = await d.handlers[work.kind](work, signal)
    } catch (error) {
      d.log('work failed', { key: work.key, kind: work.kind, error: messageOf(error) })
      result = { waitMs: backoffMs(work.attempts), why: 'failed' }
    } finally {
      clearInterval(renewing)
    }
    const now = d.clock()
    await d.store.write(async (tx) => {
      if (result === 'done') {
        // A message that it had failed is updated.
        if (await tx.outbox.done(work.key, now, by)) await tx.outbox.touch(aboutUnsent(work.key), now)
      } else if ('failed' in result) {
        if (await tx.outbox.end(work.key, 'failed', result.failed, now, by)) await d.gaveUp(tx, work, now)
      } else await tx.outbox.retry(work.key, new Date(now.getTime() + result.waitMs), result.why, false, now, by)
    })
  }

  return {
    kick: () => loop.soon(KICK_MS),
    async idle(ms) {
      const deadline = performance.now() + ms
      while (performance.now() < deadline) {
        await loop.settled()
        const due = await d.store.read((tx) => tx.outbox.dueWork(d.clock(), 1, d.workspaceId))
        if (inProgress.size === 0 && due.length === 0) return true
        loop.soon(0)
        await sleep(10)
      }
      return false
    },
    async stop() {
      stopped = true
      await loop.stop()
      const last = [...inProgress.values()]
      for (const { abort } of last) abort()
      const late = new Promise<void>((done) => setTimeout(done, STOP_MS).unref())
      await Promise.race([Promise.all(last.map(({ done }) => done)), late])
    },
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 200)
const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))

/** Waits between attempts, in seconds. The first are short, since a person is waiting. */
const BACKOFF_S = [2, 10, 30, 60, 120, 300]

/** The wait after a failed attempt, in ms with 10 % jitter; `attempts`: earlier failed attempts. */
export const backoffMs = (attempts: number): number =>
  (BACKOFF_S[Math.min(attempts, BACKOFF_S.length - 1)] ?? 300) * 1000 * (0.9 + Math.random() / 5)

/** Combines the jobs of messages and of background work into one. */
export const combineJobs = (messages: OutboxJob, work: OutboxJob): OutboxJob => ({
  kick() {
    messages.kick()
    work.kick()
  },
  async idle(ms) {
    const deadline = performance.now() + ms
    // Work that is done may add a message.
    for (let left = ms; left > 0; left = deadline - performance.now())
      if ((await work.idle(left)) && (await messages.idle(Math.min(left, 100)))) return true
    return false
  },
  async stop() {
    await Promise.all([messages.stop(), work.stop()])
  },
})
