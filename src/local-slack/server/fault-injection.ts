/** Faults on purpose: what a network and a busy Slack do to a bot. */
import type { JsonObject } from '../json.js'

export interface CallFault {
  /** How many calls are hit; default 1. */
  times?: number
  /** HTTP status instead of an answer, e.g. 500. */
  status?: number
  /** Slack's `{ok: false, error}`. */
  error?: string
  /** Seconds: answers 429 with Retry-After. */
  retryAfter?: number
  /** Waits so long before the call is handled. */
  delayMs?: number
  /** Waits until this resolves; the bot counts as quiet meanwhile. */
  after?: Promise<unknown>
  /** Handles the call, then drops the connection without an answer. */
  dropAfter?: boolean
  /** Never answers. */
  hang?: boolean
  /** Only calls with such arguments. */
  when?: (args: JsonObject) => boolean
}

/** Faults that wait for the calls they are meant for; `fits` says whether one is meant for this call. */
export function createFaultInjection<F extends { times?: number }>(fits: (fault: F, args: JsonObject) => boolean) {
  const waiting: { method: string; fault: F; left: number }[] = []
  return {
    add: (method: string, fault: F) => void waiting.push({ method, fault, left: fault.times ?? 1 }),
    clear: () => void waiting.splice(0),
    /** The fault that hits this call, if any. */
    take(method: string, args: JsonObject): F | undefined {
      const hit = waiting.find(
        (one) => one.left > 0 && (one.method === method || one.method === '*') && fits(one.fault, args),
      )
      if (hit) hit.left--
      return hit?.fault
    },
  }
}

export type FaultInjection<F extends { times?: number } = CallFault> = ReturnType<typeof createFaultInjection<F>>
