interface Log {
  error(event: string, about?: Record<string, unknown>): void
}

/** Ticks every minute, and once at the start for what fell due meanwhile. What is due is not decided here. */
export async function startCron(tick: () => Promise<unknown>, log: Log): Promise<{ stop(): Promise<void> }> {
  const { schedule } = await import('node-cron')
  const safely = async () => {
    try {
      await tick()
    } catch (error) {
      log.error('tick failed', { error })
    }
  }
  const task = schedule('* * * * *', safely, { noOverlap: true })
  void safely()
  return {
    async stop() {
      await task.stop()
    },
  }
}
