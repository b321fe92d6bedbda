import { SendError } from '../../commands/chat.js'
import { MAX_BACK_OFF_MS } from '../load-shedding.js'
import type { RateLimits } from '../rate-limit.js'
import { homeWatch } from './changes.js'
import { type HomeOptions, publishIfChanged } from './publish.js'
import { homeQueue } from './queue.js'

export interface HomesJob {
  /** Somebody opened their home or pressed a button on it: it is rendered at once, and updated from then on. */
  show(accountId: string): Promise<void>
  /** Updates one home soon, if it was ever opened. For changes that are not in the audit log, such as drafts. */
  refresh(accountId: string): void
  /** Checks for changes soon. */
  kick(): void
  /** Resolves with true when every home is up to date, with false after `ms`. */
  idle(ms: number): Promise<boolean>
  /** Starts no further update; resolves when the one in progress is done. */
  stop(): Promise<void>
}

/** Changes by other processes (an import) are noticed within this time. */
const CHECK_MS = 1000
const CHECK_SOON_MS = 300
const GIVE_UP_AFTER = 8
const MAX_BACKOFF_MS = 5 * 60_000

/**
 * Keeps opened homes up to date. Outdated homes are not stored: a start renders every home that was opened lately and
 * publishes those that differ.
 */
export function startHomes(
  d: HomeOptions & { log: (event: string, about: Record<string, unknown>) => void },
  rates: RateLimits,
  isBusy: () => boolean = () => false,
): HomesJob {
  const queue = homeQueue()
  const findChanges = homeWatch(d)
  const inProgress = new Map<string, Promise<unknown>>()
  const failures = new Map<string, number>()
  let tokens = rates.burst
  let filled = performance.now()
  let pausedUntil = 0
  let stopped = false
  let wanted = false
  let checkedAt = Number.NEGATIVE_INFINITY
  /** The number of the last check that was started, and of the last one that is done. */
  let [begun, checked] = [0, 0]
  let wake: () => void = () => undefined

  const ref = (externalId: string) => ({ workspaceId: d.workspaceId, platform: d.platform, externalId })
  const explain = (error: unknown) => (error instanceof Error ? error.message : String(error)).slice(0, 200)

  async function check(): Promise<void> {
    wanted = false
    checkedAt = performance.now()
    const nth = ++begun
    const { soon, later } = await findChanges()
    for (const account of soon) queue.add(account, true)
    for (const account of later) queue.add(account, false)
    checked = nth
  }

  /** Updates of one home run one after the other, so that the later one wins. */
  function inTurn(account: string, requested: boolean): Promise<boolean> {
    const before = inProgress.get(account) ?? Promise.resolve()
    const work = before.catch(() => undefined).then(() => publishIfChanged(d, account, requested))
    inProgress.set(account, work)
    const done = () => void (inProgress.get(account) === work && inProgress.delete(account))
    work.then(done, done)
    return work
  }

  /** Never throws for what a chat does. */
  async function draw(account: string, requested: boolean): Promise<'done' | 'postponed' | 'gone'> {
    // Removed before it is rendered: a change from here on adds it again.
    queue.remove(account)
    try {
      const shown = await inTurn(account, requested)
      failures.delete(account)
      if (shown) {
        tokens -= 1
        queue.notBefore(account, performance.now() + rates.perPersonMs)
      }
      return 'done'
    } catch (error) {
      return postpone(account, error)
    }
  }

  async function postpone(account: string, error: unknown): Promise<'postponed' | 'gone'> {
    const why = error instanceof SendError ? error.why : 'uncertain'
    const tries = (failures.get(account) ?? 0) + 1
    d.log('home not shown', { account, attempt: tries, error: explain(error) })
    if (why === 'unreachable') {
      failures.delete(account)
      await d.store.write((tx) => tx.homes.forget(ref(account)))
      return 'gone'
    }
    // A home that the chat refuses is left until something on it changes.
    if (why === 'refused' || tries >= GIVE_UP_AFTER) {
      failures.delete(account)
      return 'postponed'
    }
    failures.set(account, tries)
    if (why === 'later') pausedUntil = Math.max(pausedUntil, performance.now() + (error as SendError).retryAfterMs)
    else queue.notBefore(account, performance.now() + Math.min(MAX_BACKOFF_MS, 500 * 2 ** tries))
    queue.add(account, true)
    return 'postponed'
  }

  async function backOff(): Promise<void> {
    for (let waited = 0; waited < MAX_BACK_OFF_MS && isBusy() && !stopped; waited += 50) await sleep(50)
  }

  /** Updates the next home, if one may be updated now; resolves with the wait for the next, in ms. */
  async function next(): Promise<number> {
    const now = performance.now()
    tokens = Math.min(rates.burst, tokens + ((now - filled) / 1000) * rates.perSecond)
    filled = now
    if (now < pausedUntil) return pausedUntil - now
    if (tokens < 1) return 1000 / rates.perSecond
    const account = queue.next(now)
    if (account === undefined) return queue.waitMs(now)
    await backOff()
    if (!stopped) await draw(account, false)
    return 1
  }

  const sleep = (ms: number) =>
    new Promise<void>((done) => {
      const timer = setTimeout(done, ms)
      wake = () => {
        clearTimeout(timer)
        done()
      }
    })

  async function loop(): Promise<void> {
    while (!stopped) {
      let waitMs = CHECK_MS
      try {
        if (performance.now() >= checkedAt + (wanted ? CHECK_SOON_MS : CHECK_MS)) await check()
        waitMs = await next()
      } catch (error) {
        d.log('homes failed', { error: explain(error) })
      }
      const untilCheck = checkedAt + (wanted ? CHECK_SOON_MS : CHECK_MS) - performance.now()
      // Waits are short, so that a long pause that the chat asks for does not delay a check or a stop.
      if (!stopped) await sleep(Math.max(1, Math.min(waitMs, untilCheck)))
    }
  }
  const looping = loop()

  return {
    async show(account) {
      const paused = performance.now() < pausedUntil
      if (paused) queue.add(account, true)
      const result = paused ? 'postponed' : await draw(account, true)
      if (result === 'postponed') await d.store.write((tx) => tx.homes.opened(ref(account), new Date()))
    },
    refresh(account) {
      d.store
        .read((tx) => tx.homes.byAccount(ref(account)))
        .then((home) => {
          if (!home) return
          queue.add(account, true)
          wake()
        })
        .catch((error: unknown) => d.log('homes failed', { error: explain(error) }))
    },
    kick() {
      if (wanted) return
      wanted = true
      wake()
    },
    async idle(ms) {
      const [from, deadline] = [begun, performance.now() + ms]
      while (performance.now() < deadline) {
        if (checked > from && queue.size() === 0 && inProgress.size === 0) return true
        if (checked <= from) {
          checkedAt = Number.NEGATIVE_INFINITY
          wake()
        }
        await new Promise((done) => setTimeout(done, 5))
      }
      return false
    },
    async stop() {
      stopped = true
      wake()
      await looping
      await Promise.allSettled(inProgress.values())
    },
  }
}
