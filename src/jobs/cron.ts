interface Log {
  error(event: string, about?: Record<string, unknown>): void
}

/**
 * Ticks every minute, and once at the start for what fell due meanwhile. What is due is not decided here. A stop waits for
 * the tick in hand.
 */
export async function startCron(tick: () => Promise<unknown>, log: Log): Promise<{ stop(): Promise<void> }> {
  const { schedule } = await import('node-cron')
  const inHand = new Set<Promise<void>>()
  const safely = async () => {
    const ticking = Promise.resolve()
      .then(tick)
      .then(
        () => undefined,
        (error: unknown) => log.error('tick failed', { error }),
      )
    inHand.add(ticking)
    await ticking
    inHand.delete(ticking)
  }
  const task = schedule('* * * * *', safely, { noOverlap: true })
  void safely()
  return {
    async stop() {
      await task.stop()
      await Promise.all(inHand)
    },
  }
}
