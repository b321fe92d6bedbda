import type { Lane as LaneName, Message } from '../../core/outbox/outbox.js'
import { STEP_BACK_MS } from '../load-shedding.js'
import type { Gate, Pace } from '../rate-limit.js'
import { type Delivery, deliver } from './deliver.js'
import type { Act, Outcome } from './failure.js'

/** One of the two queues of a workspace: what is sent for the first time, and what is brought up to date. */
export interface Lane {
  /** Takes up what is due; true when more may wait behind it. */
  look(now: Date): Promise<boolean>
  isEmpty(): boolean
  /** Takes nothing more in hand; resolves when what is in hand was marked. */
  stop(): Promise<void>
}

export interface LaneOptions {
  name: LaneName
  pace: Pace
  gate: Gate
  pausedMs: (act: Act) => number
  isBusy: () => boolean
  /** What became of one. */
  after: (outcome: Outcome) => void
  /** There is room again: look soon. */
  again: () => void
}

/** More than are held ready, which stay in it until they are sent. */
const WINDOW = 100
/** Seconds of sending that are held ready: what waits behind them can wait in the store, unread. */
const READY_S = 2
/** Messages of one person that are held ready; more of them wait in the store until these are gone. */
const AHEAD = 4
const AFTER_FAULT_MS = 1000
/** Short naps, so that a long wait that the chat asks for does not hold up a stop. */
const NAP_MS = 200

/** Sends what is due of one lane, oldest first, each person's messages one after the other. */
export function startLane(d: Delivery, o: LaneOptions): Lane {
  const { pace } = o
  const of = { workspaceId: d.workspaceId, lane: o.name }
  const queues = new Map<string, Message[]>()
  const held = new Set<string>()
  /** Until when each person's messages were put off, so that each of them is put off once and to its own turn. */
  const turns = new Map<string, number>()
  let stopped = false

  async function look(now: Date): Promise<boolean> {
    if (held.size >= pace.perSecond * READY_S) return false
    for (const [person, at] of turns) if (at <= now.getTime()) turns.delete(person)
    const due = await d.store.read((tx) => tx.outbox.due(now, WINDOW, of))
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
    return due.length === WINDOW
  }

  async function work(person: string, queue: Message[]): Promise<void> {
    for (let message = queue[0]; message && !stopped; message = queue[0]) {
      await turn()
      if (stopped) break
      try {
        o.after(await deliver(d, message, o.pausedMs))
      } catch (error) {
        d.log('outbox failed', { error: error instanceof Error ? error.message : String(error) })
        await sleep(AFTER_FAULT_MS)
      }
      queue.shift()
      held.delete(message.key)
      if (pace.perPersonMs > 0) await sleep(pace.perPersonMs)
    }
    for (const message of queue) held.delete(message.key)
    queues.delete(person)
    o.again()
  }

  async function turn(): Promise<void> {
    for (let waited = 0; waited < STEP_BACK_MS && o.isBusy() && !stopped; waited += 50) await sleep(50)
    while (!stopped) {
      const ms = o.gate.take()
      if (ms === 0) return
      await sleep(Math.min(NAP_MS, ms))
    }
  }

  return {
    look,
    isEmpty: () => queues.size === 0,
    async stop() {
      stopped = true
      while (queues.size > 0) await sleep(10)
    },
  }
}

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))
