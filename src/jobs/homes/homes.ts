import { SendError } from '../../commands/chat.js'
import { STEP_BACK_MS } from '../load-shedding.js'
import type { Pace } from '../rate-limit.js'
import { homeWatch } from './changes.js'
import { drawHome, type HomeDrawing } from './publish.js'
import { homeQueue } from './queue.js'

export interface HomesJob {
  /** Somebody opened their home or pressed something on it: it is drawn at once, and kept current from then on. */
  show(accountId: string): Promise<void>
  /** What the log does not tell (a draft) may have changed on one home: it is drawn soon, if it was ever opened. */
  refresh(accountId: string): void
  /** Something may have changed: look soon. */
  kick(): void
  /** Resolves when every home that is kept current shows what is, or at the latest after `ms`; false when that came first. */
  idle(ms: number): Promise<boolean>
  /** Takes no further home in hand; resolves when the one in hand is done. */
  stop(): Promise<void>
}

/** Changes of another process (an import) are noticed by then. */
const LOOK_MS = 1000
const LOOK_AGAIN_MS = 300
const GIVE_UP_AFTER = 8
const MAX_BACKOFF_MS = 5 * 60_000

/**
 * Keeps open homes current. What is dirty is not written down: a start draws every home that was opened lately and shows
 * those that differ, whatever happened before.
 */
export function startHomes(
  d: HomeDrawing & { log: (event: string, about: Record<string, unknown>) => void },
  pace: Pace,
  isBusy: () => boolean = () => false,
): HomesJob {
  const queue = homeQueue()
  const watch = homeWatch(d)
  const hands = new Map<string, Promise<unknown>>()
  const failures = new Map<string, number>()
  let tokens = pace.burst
  let filled = performance.now()
  let pausedUntil = 0
  let stopped = false
  let wanted = false
  let lookedAt = Number.NEGATIVE_INFINITY
  /** Looks that began, and the last of them that is done. */
  let [begun, looked] = [0, 0]
  let wake: () => void = () => undefined

  const ref = (externalId: string) => ({ workspaceId: d.workspaceId, platform: d.platform, externalId })
  const explain = (error: unknown) => (error instanceof Error ? error.message : String(error)).slice(0, 200)

  async function look(): Promise<void> {
    wanted = false
    lookedAt = performance.now()
    const nth = ++begun
    const { soon, later } = await watch()
    for (const account of soon) queue.add(account, true)
    for (const account of later) queue.add(account, false)
    looked = nth
  }

  /** One draw of a home at a time: of two, the later one must be the one that stays. */
  function inHand(account: string, asked: boolean): Promise<boolean> {
    const before = hands.get(account) ?? Promise.resolve()
    const work = before.catch(() => undefined).then(() => drawHome(d, account, asked))
    hands.set(account, work)
    const done = () => void (hands.get(account) === work && hands.delete(account))
    work.then(done, done)
    return work
  }

  /** Gives what became of it. Never throws for what a chat does. */
  async function draw(account: string, asked: boolean): Promise<'done' | 'put off' | 'gone'> {
    // Taken out before it is drawn: what changes from here on puts it in again.
    queue.remove(account)
    try {
      const shown = await inHand(account, asked)
      failures.delete(account)
      if (shown) {
        tokens -= 1
        queue.notBefore(account, performance.now() + pace.perPersonMs)
      }
      return 'done'
    } catch (error) {
      return putOff(account, error)
    }
  }

  async function putOff(account: string, error: unknown): Promise<'put off' | 'gone'> {
    const why = error instanceof SendError ? error.why : 'uncertain'
    const tries = (failures.get(account) ?? 0) + 1
    d.log('home not shown', { account, attempt: tries, error: explain(error) })
    if (why === 'unreachable') {
      failures.delete(account)
      await d.store.write((tx) => tx.homes.forget(ref(account)))
      return 'gone'
    }
    // What the chat will never take is left until something on it changes.
    if (why === 'refused' || tries >= GIVE_UP_AFTER) {
      failures.delete(account)
      return 'put off'
    }
    failures.set(account, tries)
    if (why === 'later') pausedUntil = Math.max(pausedUntil, performance.now() + (error as SendError).retryAfterMs)
    else queue.notBefore(account, performance.now() + Math.min(MAX_BACKOFF_MS, 500 * 2 ** tries))
    queue.add(account, true)
    return 'put off'
  }

  async function stepBack(): Promise<void> {
    for (let waited = 0; waited < STEP_BACK_MS && isBusy() && !stopped; waited += 50) await nap(50)
  }

  /** Draws the next home, if one may be shown now; gives how long to wait for the next, in ms. */
  async function next(): Promise<number> {
    const now = performance.now()
    tokens = Math.min(pace.burst, tokens + ((now - filled) / 1000) * pace.perSecond)
    filled = now
    if (now < pausedUntil) return pausedUntil - now
    if (tokens < 1) return 1000 / pace.perSecond
    const account = queue.next(now)
    if (account === undefined) return queue.waitMs(now)
    await stepBack()
    if (!stopped) await draw(account, false)
    return 1
  }

  const nap = (ms: number) =>
    new Promise<void>((done) => {
      const timer = setTimeout(done, ms)
      wake = () => {
        clearTimeout(timer)
        done()
      }
    })

  async function loop(): Promise<void> {
    while (!stopped) {
      let waitMs = LOOK_MS
      try {
        if (performance.now() >= lookedAt + (wanted ? LOOK_AGAIN_MS : LOOK_MS)) await look()
        waitMs = await next()
      } catch (error) {
        d.log('homes failed', { error: explain(error) })
      }
      const untilLook = lookedAt + (wanted ? LOOK_AGAIN_MS : LOOK_MS) - performance.now()
      // Short naps at most, so that a long wait that the chat asks for does not hold up a look or a stop.
      if (!stopped) await nap(Math.max(1, Math.min(waitMs, untilLook)))
    }
  }
  const looping = loop()

  return {
    async show(account) {
      const paused = performance.now() < pausedUntil
      if (paused) queue.add(account, true)
      const outcome = paused ? 'put off' : await draw(account, true)
      if (outcome === 'put off') await d.store.write((tx) => tx.homes.opened(ref(account), new Date()))
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
        if (looked > from && queue.size() === 0 && hands.size === 0) return true
        if (looked <= from) {
          lookedAt = Number.NEGATIVE_INFINITY
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
      await Promise.allSettled(hands.values())
    },
  }
}
