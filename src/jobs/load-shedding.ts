/** Detects when many people wait for answers, so that the bot can defer what it does on its own initiative. */
export interface LoadMonitor {
  /** Counts one answered request. */
  answered(): void
  isOverloaded(): boolean
}

/** Requests in flight at once that count as overload. */
const IN_FLIGHT = 5

/** Answers within the last period that count as overload too: between two batches there may be no request in flight. */
const ANSWERED = 25
const PERIOD_MS = 250

/** `inFlight`: the number of requests whose answers are not all sent yet. */
export function startLoadMonitor(inFlight: () => number): LoadMonitor {
  let startedAt = 0
  let [current, previous] = [0, 0]
  function advance(): void {
    const passed = performance.now() - startedAt
    if (passed < PERIOD_MS) return
    previous = passed < 2 * PERIOD_MS ? current : 0
    current = 0
    startedAt = performance.now()
  }
  return {
    answered() {
      advance()
      current++
    },
    isOverloaded() {
      advance()
      return inFlight() >= IN_FLIGHT || Math.max(current, previous) >= ANSWERED
    },
  }
}

/** Background work backs off at most this long for people who wait for an answer. */
export const MAX_BACK_OFF_MS = 3000

/** Returns whether to back off now: during overload, but at most for MAX_BACK_OFF_MS. */
export function backOff(isBusy: () => boolean): () => boolean {
  let calmAt = performance.now()
  return () => {
    if (!isBusy()) {
      calmAt = performance.now()
      return false
    }
    return performance.now() - calmAt < MAX_BACK_OFF_MS
  }
}
