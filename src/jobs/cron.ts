interface Log {
  error(event: string, about?: Record<string, unknown>): void
}

/**
 * Ticks every minute, and once at the start for what became due while the bot was off; the tick itself decides what is
 * due. `stop` waits for the tick in progress.
 */
export async function startCron(tick: () => Promise<unknown>, log: Log): Promise<{ stop(): Promise<void> }> {
  const { schedule } = await import('node-cron')
  const running = new Set<Promise<void>>()
  const tickSafely = async () => {
    const ticking = Promise.resolve()
      .then(tick)
      .then(
        () => undefined,
        (error: unknown) => log.error('tick failed', { error }),
      )
    running.add(ticking)
    await ticking
    running.delete(ticking)
  }
  const task = schedule('* * * * *', tickSafely, { noOverlap: true })
  void tickSafely()
  return {
    async stop() {
      await task.stop()
      await Promise.all(running)
    },
  }
}
