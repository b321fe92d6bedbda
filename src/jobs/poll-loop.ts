/** Looks again and again for something to do; in between it can be woken. */
export interface LookLoop {
  /** Looks after `ms` at the latest; a look that is planned sooner stands. */
  soon(ms: number): void
  /** Resolves when no look is under way. */
  settled(): Promise<void>
  /** Looks no more; resolves when none is under way. */
  stop(): Promise<void>
}

/** After a look that threw. */
const AGAIN_MS = 1000

/** `look` gives after how many ms to look again at the latest; two are never under way at once. */
export function startLookLoop(look: () => Promise<number>, failed: (error: unknown) => void): LookLoop {
  let stopped = false
  let timer: NodeJS.Timeout | undefined
  let nextAt = 0
  let looking: Promise<number> | undefined

  const lookOnce = (): Promise<number> => {
    looking ??= look()
      .catch((error: unknown) => {
        failed(error)
        return AGAIN_MS
      })
      .finally(() => {
        looking = undefined
      })
    return looking
  }

  function soon(ms: number): void {
    const at = performance.now() + ms
    if (stopped || (timer && at >= nextAt)) return
    clearTimeout(timer)
    nextAt = at
    timer = setTimeout(() => {
      timer = undefined
      void lookOnce().then(soon)
    }, ms)
  }
  soon(0)

  const settled = async () => void (await looking)
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
