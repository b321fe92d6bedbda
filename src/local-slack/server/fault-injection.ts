/** Fault injection: the failures that a network or a busy Slack cause. */
import type { JsonObject } from '../json.js'

export interface CallFault {
  /** How many calls fail this way; default 1. */
  times?: number
  /** HTTP status to answer with, e.g. 500. */
  status?: number
  /** Answers `{ok: false, error}`. */
  error?: string
  /** Answers 429 with this Retry-After, in seconds. */
  retryAfter?: number
  /** Delay before the call is handled. */
  delayMs?: number
  /** Handles the call only after this resolves; the bot counts as idle until then. */
  after?: Promise<unknown>
  /** Handles the call, then drops the connection without answering. */
  dropAfter?: boolean
  /** Never answers. */
  hang?: boolean
  /** Limits the fault to calls with such arguments. */
  when?: (args: JsonObject) => boolean
}

/** A queue of faults for coming calls; `fits` decides whether a fault applies to a call. */
export function createFaultInjection<F extends { times?: number }>(fits: (fault: F, args: JsonObject) => boolean) {
  const pending: { method: string; fault: F; left: number }[] = []
  return {
    add: (method: string, fault: F) => void pending.push({ method, fault, left: fault.times ?? 1 }),
    clear: () => void pending.splice(0),
    /** The fault to inject into this call, if any; counts it as used once. */
    take(method: string, args: JsonObject): F | undefined {
      const hit = pending.find(
        (one) => one.left > 0 && (one.method === method || one.method === '*') && fits(one.fault, args),
      )
      if (hit) hit.left--
      return hit?.fault
    },
  }
}

export type FaultInjection<F extends { times?: number } = CallFault> = ReturnType<typeof createFaultInjection<F>>
