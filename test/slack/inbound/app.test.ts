import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { ReceiverEvent } from '@slack/bolt'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Request } from '../../../src/commands/request.js'
import { nothing, type Reply, say } from '../../../src/commands/ui.js'
import { slackApp } from '../../../src/slack/inbound/app.js'
import { processWithDeferredAck } from '../../../src/slack/inbound/deferred-ack.js'
import { httpReceiver } from '../../../src/slack/inbound/receiver.js'
import { until } from '../../helpers/until.js'

const logger = { debug() {}, info() {}, warn() {}, error() {}, setLevel() {}, setName() {}, getLevel() {} } as never
const signingSecret = 'a-secret'
let taken: Request[]
let reply: () => Promise<Reply>
let posted: string[]
let reported: string[]
let views: (method: string) => Promise<unknown>
let port: number
let stop: () => Promise<void>

beforeEach(async () => {
  taken = []
  posted = []
  reported = []
  views = async () => ({})
  reply = async () => nothing
  const seen = new Set<string>()
  const app = slackApp({
    receiver: httpReceiver({ signingSecret, logger, isReady: async () => true }),
    botToken: 'xoxb-1',
    bot: { botId: 'B1', botUserId: 'UBOT', teamId: 'T1' },
    logger,
    client: {
      chat: {
        postMessage: async (m: { text: string; blocks: unknown }) =>
          posted.push(`${m.text} ${JSON.stringify(m.blocks)}`),
      },
      views: { update: () => views('update'), push: () => views('push') },
    } as never,
    run: (request) => {
      taken.push(request)
      return reply()
    },
    showHome: async () => undefined,
    refreshHome: () => undefined,
    isNew: async (key) => !seen.has(key) && seen.add(key) !== undefined,
    afterwards: () => undefined,
    respondMs: 200,
    report: (what, error) => {
      if (what !== 'respond') throw error
      reported.push(String(error))
    },
  })
  port = ((await app.start(0)) as { port: number }).port
  stop = app.stop
})
afterEach(() => stop())

function send(body: unknown, form = false) {
  const text = form ? new URLSearchParams({ payload: JSON.stringify(body) }).toString() : JSON.stringify(body)
  const at = String(Math.floor(Date.now() / 1000))
  return fetch(`http://127.0.0.1:${port}/slack/events`, {
    method: 'POST',
    body: text,
    headers: {
      'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json',
      'x-slack-request-timestamp': at,
      'x-slack-signature': `v0=${createHmac('sha256', signingSecret).update(`v0:${at}:${text}`).digest('hex')}`,
    },
  })
}
const said = (event: Record<string, unknown>, id = 'Ev1') =>
  send({
    type: 'event_callback',
    team_id: 'T1',
    event_id: id,
    event: { type: 'message', channel_type: 'im', channel: 'D1', user: 'U1', ...event },
  })
const photo = { subtype: 'file_share', files: [{ id: 'F1', name: 'a.jpg' }] }

test('photos sent to the bot are acknowledged once they are stored, not before', async () => {
  let stored: () => void = () => undefined
  reply = () => new Promise((done) => (stored = () => done(nothing)))
  let acknowledged = false
  const answer = said(photo).then((r) => {
    acknowledged = true
    return r.status
  })
  await until(() => taken.length === 1, 'a request')
  // A later request is answered in between.
  reply = async () => nothing
  await said({ text: 'trogiup' }, 'Ev2')
  expect(acknowledged).toBe(false)
  stored()
  expect(await answer).toBe(200)
})

test('photos that a process died over are taken again when Slack repeats them; a refusal is told once', async () => {
  reply = async () => say('không nhận')
  await said(photo)
  await said(photo)
  expect(taken.map((r) => r.requestKey)).toEqual(['event:Ev1', 'event:Ev1'])
  expect(posted).toHaveLength(1)
})

test('a message whose files cannot be told is read as what was written', async () => {
  await said({ subtype: 'file_share', text: 'tieuchi', files: [null, {}] })
  expect(taken).toMatchObject([{ kind: 'command', text: 'tieuchi' }])
})

test('a message comes in whole, however long, and its form is not opened', async () => {
  const long = `nop a1 ${'"\n'.repeat(2900)}"`
  reply = async () => ({ kind: 'form', form: { id: 'x', title: 'x', submit: 'x', fields: [] } })
  await said({ text: long })
  expect(taken).toMatchObject([{ kind: 'command', text: long, isMessage: true }])
  expect(posted).toEqual([])
})

test('half a sign, which no store keeps as it is, comes in as the sign for what is missing', async () => {
  const view = {
    id: 'V1',
    callback_id: 'submission',
    blocks: [{ type: 'input', block_id: 'text' }],
    state: { values: { text: { value: { type: 'plain_text_input', value: 'đẹp \ud83d' } }, none: null } },
  }
  await send({ type: 'view_submission', team: { id: 'T1' }, user: { id: 'U1' }, view }, true)
  expect(taken).toMatchObject([{ fields: { text: 'đẹp \ufffd' } }])
})

test('a fault of a view without fields stands in the view, since Slack takes errors at fields only', async () => {
  reply = async () => ({ kind: 'faults', faults: { '': 'Nút này đã cũ.' } })
  const view = { id: 'V1', callback_id: 'old', blocks: [{ type: 'section' }] }
  const answer = await send({ type: 'view_submission', team: { id: 'T1' }, user: { id: 'U1' }, view }, true)
  expect(await answer.json()).toMatchObject({
    response_action: 'update',
    view: { blocks: [{ text: { text: 'Nút này đã cũ.' } }] },
  })
})

test('what Bolt can make nothing of is acknowledged, so that Slack does not send it again', async () => {
  let acks = 0
  const event = { body: { type: 'something_new' }, ack: async () => void acks++ } as ReceiverEvent
  await processWithDeferredAck({ processEvent: async () => undefined }, event)
  expect(acks).toBe(1)
})

function close(server: Server): void {
  server.close()
  server.closeAllConnections()
}

describe('an answer to a press', () => {
  /** A response_url that answers with what `answer` says: a status, or never. */
  async function responseUrl(answer: () => number | 'never') {
    const bodies: string[] = []
    const server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        bodies.push(Buffer.concat(chunks).toString())
        const status = answer()
        if (status !== 'never') response.writeHead(status).end()
      })
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    const { port: at } = server.address() as { port: number }
    return { url: `http://127.0.0.1:${at}/secret-path`, bodies, close: () => close(server) }
  }
  const press = (url: string) =>
    send(
      { type: 'block_actions', user: { id: 'U1' }, response_url: url, actions: [{ action_id: 'x', value: '{}' }] },
      true,
    )

  test('comes as a direct message when the response_url is silent, once', async () => {
    reply = async () => say('Đã xong')
    const silent = await responseUrl(() => 'never')
    expect((await press(silent.url)).status).toBe(200)
    await until(() => posted.length === 1, 'the direct message')
    expect(posted[0]).toContain('Đã xong')
    expect(silent.bodies).toHaveLength(1)
    expect(reported.join()).not.toContain('secret-path')
    silent.close()
  })

  test('comes as a direct message when the response_url fails twice, and not when the second try succeeds', async () => {
    reply = async () => say('Đã xong')
    const statuses = [500, 404, 503, 200]
    const failing = await responseUrl(() => statuses.shift() ?? 200)
    await press(failing.url)
    await until(() => posted.length === 1, 'the direct message')
    await press(failing.url)
    await until(() => failing.bodies.length === 4, 'the second try')
    expect(posted).toHaveLength(1)
    failing.close()
  })
})

describe('a page that was closed before its answer', () => {
  const inPage = () =>
    send(
      {
        type: 'block_actions',
        user: { id: 'U1' },
        trigger_id: 'T',
        view: { id: 'V1', type: 'modal', hash: 'h', callback_id: 'page', blocks: [] },
        actions: [{ action_id: 'x', value: '{}' }],
      },
      true,
    )
  const slackSays = (error: string) => Promise.reject(Object.assign(new Error(error), { data: { ok: false, error } }))

  test.each(['not_found', 'hash_conflict'])('is left alone, without a word in the log (%s)', async (error) => {
    reply = async () => ({ kind: 'page', page: { title: 'Trang', blocks: [] } })
    let updates = 0
    views = () => {
      updates++
      return slackSays(error)
    }
    expect((await inPage()).status).toBe(200)
    await until(() => updates === 1, 'the update')
    expect(posted).toEqual([])
  })

  test('has a card that would open over it sent as a direct message', async () => {
    reply = async () => say('Đang gửi 2 tệp')
    views = () => slackSays('view_not_found')
    await inPage()
    await until(() => posted.length === 1, 'the direct message')
    expect(posted[0]).toContain('Đang gửi 2 tệp')
  })
})
