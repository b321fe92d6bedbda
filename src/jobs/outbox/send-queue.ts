import type { Message, QueueName } from '../../core/outbox/outbox.js'
import { MAX_BACK_OFF_MS } from '../load-shedding.js'
import type { RateLimiter, RateLimits } from '../rate-limit.js'
import { deliver } from './deliver.js'
import type { ApiCall, Delivery, DeliveryResult } from './delivery.js'

/** One of the two queues of a workspace: first messages, or updates. */
export interface SendQueue {
  /** Starts sending what is due; true when more may be due after it. */
  poll(now: Date): Promise<boolean>
  isEmpty(): boolean
  /** Starts nothing more; resolves when the results of what is in flight are recorded. */
  stop(): Promise<void>
}

export interface SendQueueOptions {
  name: QueueName
  rates: RateLimits
  limiter: RateLimiter
  pausedMs: (call: ApiCall) => number
  isBusy: () => boolean
  /** Receives the result of each message. */
  after: (result: DeliveryResult) => void
  /** Leaves updates that nobody waits for to another process. */
  hurried: boolean
  /** Called when there is room again. */
  pollSoon: () => void
}

/** Messages read from the store at once; more than are queued in memory, since queued messages stay due until they are sent. */
const WINDOW = 100

/** Seconds of sending that are queued in memory; the rest waits in the store. */
const QUEUED_S = 2

/** Messages of one person that are queued in memory; the rest is deferred in the store until after these. */
const QUEUED_PER_PERSON = 4
const AFTER_FAILURE_MS = 1000

/** Waits are split into steps of this length, so that a long wait that the chat asks for does not delay a stop. */
const STEP_MS = 200

/** Sends what is due in one queue, oldest first, each person's messages one after the other. */
export function startSendQueue(d: Delivery, o: SendQueueOptions): SendQueue {
  const { rates } = o
  const of = { workspaceId: d.workspaceId, queue: o.name, hurried: o.hurried }
  const byPerson = new Map<string, Message[]>()
  const queued = new Set<string>()
  /** When the last deferred message of each person is due, so that each is deferred once, and to its own time. */
  const lastDue = new Map<string, number>()
  let stopped = false

  async function poll(now: Date): Promise<boolean> {
    if (queued.size >= rates.perSecond * QUEUED_S) return false
    for (const [person, at] of lastDue) if (at <= now.getTime()) lastDue.delete(person)
    const due = await d.store.read((tx) => tx.outbox.due(now, WINDOW, of))
    const later: { key: string; at: Date }[] = []
    for (const message of due) {
      if (queued.has(message.key)) continue
      const { personId } = message
      const messages = byPerson.get(personId) ?? []
      if (rates.perPersonMs > 0 && messages.length >= QUEUED_PER_PERSON) {
        const last = lastDue.get(personId) ?? now.getTime() + rates.perPersonMs * (QUEUED_PER_PERSON - 1)
        lastDue.set(personId, last + rates.perPersonMs)
        later.push({ key: message.key, at: new Date(last + rates.perPersonMs) })
        continue
      }
      queued.add(message.key)
      messages.push(message)
      if (!byPerson.has(personId)) {
        byPerson.set(personId, messages)
        void sendAll(personId, messages)
      }
    }
    if (later.length > 0)
      await d.store.write(async (tx) => {
        for (const { key, at } of later) await tx.outbox.defer(key, at)
      })
    return due.length === WINDOW
  }

  async function sendAll(person: string, messages: Message[]): Promise<void> {
    for (let message = messages[0]; message && !stopped; message = messages[0]) {
      await mayContinue()
      if (stopped) break
      try {
        o.after(await deliver(d, message, o.pausedMs))
      } catch (error) {
        d.log('outbox failed', { error: error instanceof Error ? error.message : String(error) })
        await sleep(AFTER_FAILURE_MS)
      }
      messages.shift()
      queued.delete(message.key)
      if (rates.perPersonMs > 0) await sleep(rates.perPersonMs)
    }
    for (const message of messages) queued.delete(message.key)
    byPerson.delete(person)
    o.pollSoon()
  }

  /** Waits while people wait for answers, and for the rate limiter. */
  async function mayContinue(): Promise<void> {
    for (let waited = 0; waited < MAX_BACK_OFF_MS && o.isBusy() && !stopped; waited += 50) await sleep(50)
    while (!stopped) {
      const ms = o.limiter.take()
      if (ms === 0) return
      await sleep(Math.min(STEP_MS, ms))
    }
  }

  return {
    poll,
    isEmpty: () => byPerson.size === 0,
    async stop() {
      stopped = true
      while (byPerson.size > 0) await sleep(10)
    },
  }
}

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms))
