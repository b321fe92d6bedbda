import type { App, ReceiverEvent } from '@slack/bolt'

/** Under this name an event's acknowledgement stands in Bolt's context. */
export const ACKNOWLEDGE = 'acknowledge'

/**
 * Hands on to Bolt what came in. Bolt acknowledges an event before anybody has looked at it, so that photos sent to the bot
 * were lost for good with a process that died in between: the acknowledgement is left to whoever deals with the event
 * (`context.acknowledge`). What Bolt can make nothing of is acknowledged too; Slack would send it again.
 */
export async function handOn(app: Pick<App, 'processEvent'>, incoming: ReceiverEvent): Promise<void> {
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
