/** How fast messages may be sent, or homes published. */
export interface RateLimits {
  perPersonMs: number
  perSecond: number
  burst: number
  /** Updates of messages within any minute; if absent, only the limit for messages applies. */
  updatesPerMinute?: number
}

const MINUTE_MS = 60_000

/** A token bucket with an optional limit per minute, on the monotonic clock. */
export interface RateLimiter {
  /** The wait before the next call, in ms; 0 when the call may be made now, which then is counted. */
  take(): number
  /** The remaining ms of the pause that the chat requested. */
  pausedMs(): number
  pause(ms: number): void
}

/** Starts with a full bucket of `burst` calls, refilled at `perSecond`. */
export function startRateLimiter(rate: { perSecond: number; burst: number; perMinute?: number }): RateLimiter {
  let tokens = rate.burst
  let filledAt = performance.now()
  let pausedUntil = 0
  /** When the calls of the last minute were made, the oldest first. */
  const calls: number[] = []
  const pausedMs = () => Math.max(0, pausedUntil - performance.now())
  return {
    pausedMs,
    pause(ms) {
      pausedUntil = Math.max(pausedUntil, performance.now() + ms)
    },
    take() {
      const now = performance.now()
      tokens = Math.min(rate.burst, tokens + ((now - filledAt) / 1000) * rate.perSecond)
      filledAt = now
      if (now < pausedUntil) return pausedMs()
      if (tokens < 1) return Math.max(1, ((1 - tokens) * 1000) / rate.perSecond)
      if (rate.perMinute !== undefined) {
        while (calls[0] !== undefined && calls[0] <= now - MINUTE_MS) calls.shift()
        const [first] = calls
        if (first !== undefined && calls.length >= rate.perMinute) return first + MINUTE_MS - now
        calls.push(now)
      }
      tokens -= 1
      return 0
    },
  }
}
