import type { App } from '@slack/bolt'
import { expect, test, vi } from 'vitest'
import { silentLog } from '../../../src/log.js'
import { MalformedPayload } from '../../../src/slack/inbound/payload.js'
import { socketReceiver } from '../../../src/slack/inbound/receiver.js'
import { slackLogger } from '../../../src/slack/logger.js'
import { gate } from '../../helpers/gate.js'

test('a stop keeps the socket open until events in flight are acknowledged, and accepts no new ones', async () => {
  const receiver = socketReceiver({ appToken: 'xapp-1', logger: slackLogger(silentLog) })
  const { client } = receiver
  const cut = vi.spyOn(client, 'disconnect').mockResolvedValue(undefined)
  const taken: unknown[] = []
  const done = gate()
  const processEvent = async ({ body, ack }: { body: unknown; ack: () => Promise<void> }) => {
    taken.push(body)
    await done.opened
    await ack()
  }
  receiver.init({ processEvent } as Pick<App, 'processEvent'> as App)
  const ack = vi.fn(async () => undefined)
  client.emit('slack_event', { body: { command: '/thidua' }, ack })
  const stopped = receiver.stop()
  const late = vi.fn(async () => undefined)
  client.emit('slack_event', { body: { command: '/thidua', text: 'nop' }, ack: late })
  // Requested later; without an event in flight it takes at least as long.
  const idle = socketReceiver({ appToken: 'xapp-1', logger: slackLogger(silentLog) })
  vi.spyOn(idle.client, 'disconnect').mockResolvedValue(undefined)
  await idle.stop()
  expect(cut).not.toHaveBeenCalled()
  done.open()
  await stopped
  expect(ack).toHaveBeenCalledOnce()
  expect(cut).toHaveBeenCalledOnce()
  // Not acknowledged, so Slack sends it again after the restart.
  expect(late).not.toHaveBeenCalled()
  expect(taken).toHaveLength(1)
})

test('a malformed payload is acknowledged and logged without its text', async () => {
  const logged: unknown[] = []
  const logger = slackLogger({
    ...silentLog,
    warn: (_, about) => logged.push(about),
    error: (_, about) => logged.push(about),
  })
  const receiver = socketReceiver({ appToken: 'xapp-1', logger })
  vi.spyOn(receiver.client, 'disconnect').mockResolvedValue(undefined)
  const processEvent = async () => {
    throw new MalformedPayload()
  }
  receiver.init({ processEvent } as Pick<App, 'processEvent'> as App)
  const ack = vi.fn(async () => undefined)
  receiver.client.emit('slack_event', { body: { type: 'event_callback', event: null }, ack })
  await receiver.stop()
  expect(ack).toHaveBeenCalledOnce()
  expect(logged).toEqual([{ text: 'a payload is malformed' }])
})
