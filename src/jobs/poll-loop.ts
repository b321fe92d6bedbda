/** Polls at intervals and when it is woken. */
export interface PollLoop {
  /** Polls within `ms`; an earlier planned poll stays. */
  soon(ms: number): void
  /** Resolves when no poll is in progress. */
  settled(): Promise<void>
  /** Polls no more; resolves when no poll is in progress. */
  stop(): Promise<void>
}

/** The wait after a poll that threw. */
const RETRY_MS = 1000

/** `poll` resolves with the ms until the next poll at the latest; two polls never overlap. */
export function startPollLoop(poll: () => Promise<number>, failed: (error: unknown) => void): PollLoop {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let nextAt = 0
  let polling: Promise<number> | undefined

  const pollOnce = (): Promise<number> => {
    polling ??= poll()
      .catch((error: unknown) => {
        failed(error)
        return RETRY_MS
      })
      .finally(() => {
        polling = undefined
      })
    return polling
  }

  function soon(ms: number): void {
    const at = performance.now() + ms
    if (stopped || (timer && at >= nextAt)) return
    clearTimeout(timer)
    nextAt = at
    timer = setTimeout(() => {
      timer = undefined
      void pollOnce().then(soon)
    }, ms)
  }
  soon(0)

  const settled = async () => void (await polling)
  return {
    soon,
    settled,
    async stop() {
      stopped = true
      clearTimeout(timer)
      await settled()
    },
  }
}
