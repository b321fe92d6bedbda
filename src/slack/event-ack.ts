import type { App, ReceiverEvent } from '@slack/bolt'

type Process = App['processEvent']

/**
 * Bolt acknowledges an event before anybody has looked at it: a bot that dies then has lost it, since Slack sends again
 * only what was not acknowledged. Here an event is acknowledged once it was processed, or after `ms` at the latest, so
 * that the wait makes Slack send nothing twice. Everything else acknowledges itself.
 */
export const acknowledgeWhenDone =
  (process: Process, ms: number): Process =>
  async (incoming: ReceiverEvent) => {
    if (incoming.body.type !== 'event_callback') return process(incoming)
    let acknowledged: Promise<void> | undefined
    const acknowledge = () => {
      acknowledged ??= incoming.ack()
      return acknowledged
    }
    const late = setTimeout(() => void acknowledge(), ms)
    try {
      await process({ ...incoming, ack: async () => undefined })
    } finally {
      clearTimeout(late)
    }
    await acknowledge()
  }
