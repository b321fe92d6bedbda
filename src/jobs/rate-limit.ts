/** How fast messages may be sent or homes shown. */
export interface Pace {
  perPersonMs: number
  perSecond: number
  burst: number
  /** At most so many updates of messages within any minute; as many as messages when left out. */
  updatesPerMinute?: number
}
const MINUTE_MS = 60_000

/** Lets calls of one kind through at their pace, which no change of the clock alters. */
export interface Gate {
  /** How long to wait before the next call, in ms; 0: it may go, and is counted. */
  take(): number
  /** How long the chat asked to wait, in ms. */
  pausedMs(): number
  pause(ms: number): void
}

export function startGate(rate: { perSecond: number; burst: number; perMinute?: number }): Gate {
  let tokens = rate.burst
  let filled = performance.now()
  let pausedUntil = 0
  /** When those of the last minute went, the oldest first. */
  const went: number[] = []
  const pausedMs = () => Math.max(0, pausedUntil - performance.now())
  return {
    pausedMs,
    pause(ms) {
      pausedUntil = Math.max(pausedUntil, performance.now() + ms)
    },
    take() {
      const now = performance.now()
      tokens = Math.min(rate.burst, tokens + ((now - filled) / 1000) * rate.perSecond)
      filled = now
      if (now < pausedUntil) return pausedMs()
      if (tokens < 1) return Math.max(1, ((1 - tokens) * 1000) / rate.perSecond)
      if (rate.perMinute !== undefined) {
        while (went[0] !== undefined && went[0] <= now - MINUTE_MS) went.shift()
        const [first] = went
        if (first !== undefined && went.length >= rate.perMinute) return first + MINUTE_MS - now
        went.push(now)
      }
      tokens -= 1
      return 0
    },
  }
}
