import { stepBack } from '../load-shedding.js'
import { startLookLoop } from '../poll-loop.js'
import { type Pace, startGate } from '../rate-limit.js'
import type { Delivery } from './deliver.js'
import type { Act, Outcome } from './failure.js'
import { recoverDead } from './lease.js'
import { startLane } from './send-queue.js'

export type { Pace }

export interface OutboxJob {
  /** Something may have been added: look soon. */
  kick(): void
  /** Resolves when nothing is due and nothing is in hand, or at the latest after `ms`; false when that came first. */
  idle(ms: number): Promise<boolean>
  /** Takes nothing more in hand; resolves when what is in hand was sent or marked. */
  stop(): Promise<void>
}

export interface OutboxOptions {
  pace: Pace
  /** While people wait for answers, messages step back a little. */
  isBusy?: () => boolean
  /** Whoever waits until all is quiet waits for what is due within so many ms, too: for retries above all. */
  foresightMs?: number
}

const LOOK_MS = 1000
const LOOK_AGAIN_MS = 100
/** Under load a look every so often serves all that came meanwhile. */
const KICK_MS = 25
/** Whether a process died costs one short read. */
const RECOVER_MS = 1000
/** How often it is asked whether all is quiet. */
const IDLE_MS = 20

/**
 * Sends the messages of one workspace, and of no other: each has an outbox of its own, with its own pace and its own pauses,
 * so that none waits for another's. What is sent first and what is updated go side by side, since the chat counts them
 * apart.
 */
export function startOutbox(d: Delivery, { pace, isBusy = () => false, foresightMs = 0 }: OutboxOptions): OutboxJob {
  const { updatesPerMinute: perMinute, ...rate } = pace
  const unlimited = { perSecond: Number.POSITIVE_INFINITY, burst: Number.POSITIVE_INFINITY }
  const gates = {
    post: startGate(rate),
    update: startGate({ ...rate, perMinute }),
    // Looked up in a rush only when a new roster is reminded for the first time; then the chat says when it is too much.
    lookup: startGate(unlimited),
    find: startGate(unlimited),
  } satisfies Record<Act, unknown>
  const after = ({ pause }: Outcome) => {
    if (pause) gates[pause.act].pause(pause.ms)
  }
  const again = () => loop.soon(KICK_MS)
  const shared = { pace, isBusy, after, again, pausedMs: (act: Act) => gates[act].pausedMs() }
  const lanes = [
    startLane(d, { ...shared, name: 'new', gate: gates.post }),
    startLane(d, { ...shared, name: 'stale', gate: gates.update }),
  ]
  let recoveredAt = Number.NEGATIVE_INFINITY

  const stepsBack = stepBack(isBusy)

  async function look(): Promise<number> {
    if (stepsBack()) return LOOK_AGAIN_MS
    if (performance.now() - recoveredAt >= RECOVER_MS) {
      recoveredAt = performance.now()
      const n = await recoverDead(d.store, d.holder, d.clock)
      if (n > 0) d.log('messages recovered', { count: n })
    }
    let more = false
    for (const lane of lanes) if (await lane.look(d.clock())) more = true
    return more ? LOOK_AGAIN_MS : LOOK_MS
  }
  const loop = startLookLoop(look, (error) =>
    d.log('outbox failed', { error: error instanceof Error ? error.message : String(error) }),
  )

  async function isQuiet(): Promise<boolean> {
    await loop.settled()
    if (!lanes.every((lane) => lane.isEmpty())) return false
    const by = new Date(d.clock().getTime() + foresightMs)
    return (await d.store.read((tx) => tx.outbox.pending(by, d.workspaceId))) === 0
  }

  return {
    kick: again,
    async idle(ms) {
      const deadline = performance.now() + ms
      for (;;) {
        if (await isQuiet()) return true
        if (performance.now() >= deadline) return false
        loop.soon(0)
        await new Promise((done) => setTimeout(done, IDLE_MS))
      }
    },
    async stop() {
      await Promise.all([loop.stop(), ...lanes.map((lane) => lane.stop())])
    },
  }
}
