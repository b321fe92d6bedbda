import type { App, ReceiverEvent } from '@slack/bolt'

/** The property of Bolt's context with an event's acknowledgement. */
export const ACKNOWLEDGE = 'acknowledge'

/**
 * Passes a request to Bolt. Bolt acknowledges an event before it is handled, so that photos sent to the bot were lost when the
 * process died in between. Here the code that handles an event acknowledges it, through `context.acknowledge`. A request
 * that Bolt ignores is acknowledged too, because Slack would send it again.
 */
export async function processWithDeferredAck(app: Pick<App, 'processEvent'>, incoming: ReceiverEvent): Promise<void> {
  let acknowledged = false
  const ack: ReceiverEvent['ack'] = async (answer) => {
    await incoming.ack(answer)
    acknowledged = true
  }
  const isEvent = incoming.body.type === 'event_callback'
  await app.processEvent(
    isEvent
      ? {
          ...incoming,
          ack: async () => undefined,
          customProperties: { ...incoming.customProperties, [ACKNOWLEDGE]: ack },
        }
      : { ...incoming, ack },
  )
  if (!acknowledged) await incoming.ack()
}
