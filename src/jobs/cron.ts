interface Log {
  warn(event: string, about?: Record<string, unknown>): void
  error(event: string, about?: Record<string, unknown>): void
}

const MINUTE_MS = 60_000

/**
 * How often the clock is looked at. Timers stand still while a machine sleeps and know nothing of a clock that is set, so
 * the next tick comes at most this long after either.
 */
const LOOK_MS = 10_000

/** A tick this late, or one that runs this long, is logged. */
const LATE_MS = 2 * MINUTE_MS

/** After this long without a tick the clock was set back. Longer than a minute, since clocks are corrected by seconds. */
const SET_BACK_MS = 1.5 * MINUTE_MS

const minuteNow = (): number => Math.floor(Date.now() / MINUTE_MS)

/**
 * Ticks at every full minute, and once at the start for what became due while the bot was off; the tick itself decides what
 * is due. Minutes are counted in UTC, so the host's time zone does not matter. Two ticks never overlap; one that is late, for
 * whatever reason, is made up once. `stop` waits for the tick in progress.
 */
export function startCron(tick: () => Promise<unknown>, log: Log): { stop(): Promise<void> } {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  let isReported = false
  /** The start of the last tick: its minute by the clock, and on the monotonic clock. */
  let last = { minute: minuteNow(), at: performance.now() }

  function start(): void {
    last = { minute: minuteNow(), at: performance.now() }
    isReported = false
    running = Promise.resolve()
      .then(tick)
      .then(
        () => undefined,
        (error: unknown) => log.error('tick failed', { error }),
      )
      .then(() => {
        running = undefined
        look()
      })
  }

  /** How late the next tick is, in ms; undefined when it is not due. */
  function lateness(): number | undefined {
    if (minuteNow() > last.minute) return Date.now() - (last.minute + 1) * MINUTE_MS
    // A clock that was set back may stay behind the last tick for hours.
    const since = performance.now() - last.at
    return since >= SET_BACK_MS ? since - MINUTE_MS : undefined
  }

  function look(): void {
    clearTimeout(timer)
    if (stopped) return
    const late = lateness()
    if (running) {
      const takes = performance.now() - last.at
      if (takes >= LATE_MS && !isReported) {
        isReported = true
        log.warn('tick still running', { seconds: Math.round(takes / 1000) })
      }
    } else if (late !== undefined) {
      if (late >= LATE_MS && !isReported) log.warn('tick late', { seconds: Math.round(late / 1000) })
      start()
    }
    timer = setTimeout(look, Math.min(LOOK_MS, MINUTE_MS - (Date.now() % MINUTE_MS)))
  }

  start()
  look()
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
    },
  }
}
