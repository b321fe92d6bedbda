import type { App } from '@slack/bolt'
import { expect, test, vi } from 'vitest'
import { socketReceiver } from '../../../src/slack/inbound/receiver.js'

const logger = { debug() {}, info() {}, warn() {}, error() {}, setLevel() {}, setName() {}, getLevel() {} } as never

test('at a stop the line stays until what is in hand is answered, and takes nothing new', async () => {
  const receiver = socketReceiver({ appToken: 'xapp-1', logger })
  const { client } = receiver
  const cut = vi.spyOn(client, 'disconnect').mockResolvedValue(undefined as never)
  const taken: unknown[] = []
  let done: () => void = () => undefined
  const processEvent = async ({ body, ack }: { body: unknown; ack: () => Promise<void> }) => {
    taken.push(body)
    await new Promise<void>((finish) => (done = finish))
    await ack()
  }
  receiver.init({ processEvent } as unknown as App)
  const ack = vi.fn(async () => undefined)
  client.emit('slack_event', { body: { command: '/thidua' }, ack })
  const stopped = receiver.stop()
  const late = vi.fn(async () => undefined)
  client.emit('slack_event', { body: { command: '/thidua', text: 'nop' }, ack: late })
  await new Promise((finish) => setTimeout(finish, 20))
  expect(cut).not.toHaveBeenCalled()
  done()
  await stopped
  expect(ack).toHaveBeenCalledOnce()
  expect(cut).toHaveBeenCalledOnce()
  // Acknowledged by nobody, Slack sends it again to whoever is there then.
  expect(late).not.toHaveBeenCalled()
  expect(taken).toHaveLength(1)
})
