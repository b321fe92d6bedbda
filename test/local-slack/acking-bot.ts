import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { KnownBlock, View } from '@slack/types'
import { WebClient } from '@slack/web-api'
import type { JsonObject } from '../../src/local-slack/json.js'
import type { LocalSlack } from '../../src/local-slack/local-slack.js'
import { silentLogger } from '../helpers/local-slack.js'

/** A bot that acknowledges every delivery and does nothing else; the test calls the Web API in its place. */
export async function startAckingBot(slack: LocalSlack) {
  const server = createServer((request, response) => void request.resume().on('end', () => response.end()))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  slack.botUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const retryConfig = { retries: 0 }
  const client = new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl, retryConfig, logger: silentLogger })
  const last = (): JsonObject => slack.deliveries.at(-1)?.payload ?? {}
  return {
    client,
    /** The payload of the last delivery. */
    last,
    /** `state.values` of the last delivery: block_id → action_id → value. */
    values: () => (last().view as { state: { values: Record<string, Record<string, JsonObject>> } }).state.values,
    /** Opens a modal for this person. */
    async open(userId: string, view: JsonObject) {
      await slack.as(userId).command('/thidua')
      return client.views.open({ trigger_id: String(last().trigger_id), view: asView(view) })
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  }
}

/** Blocks and views of tests are plain JSON, some of it invalid on purpose; the Web API client expects its own types. */
export const asView = (view: JsonObject) => view as unknown as View
export const asBlocks = (blocks: JsonObject[]) => blocks as unknown as KnownBlock[]

export const plain = (text: string) => ({ type: 'plain_text', text })
export const input = (name: string, element: JsonObject, more: JsonObject = {}) => ({
  type: 'input',
  block_id: name,
  label: plain(name),
  element: { action_id: name, ...element },
  ...more,
})
export const modal = (blocks: JsonObject[], more: JsonObject = {}) => ({
  type: 'modal',
  callback_id: 'form',
  title: plain('Biểu mẫu'),
  submit: plain('Nộp'),
  blocks,
  ...more,
})

/** The error code of a refused call, or `ok`. */
export const refusal = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'ok',
    (cause) => cause.data?.error ?? cause.code,
  )
