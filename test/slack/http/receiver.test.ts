import { createHmac } from 'node:crypto'
import { Agent, get } from 'node:http'
import path from 'node:path'
import type { App, ReceiverEvent } from '@slack/bolt'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { silentLog } from '../../../src/log.js'
import { SignedHttpReceiver } from '../../../src/slack/http/receiver.js'
import { slackLogger } from '../../../src/slack/logger.js'
import { until } from '../../helpers/until.js'

const secret = 'a-secret'
let receiver: SignedHttpReceiver
let url: string
let taken: ReceiverEvent[]
/** Answers the requests of the slow check. */
let inFlight: ((ok: boolean) => void)[]

/** `npm test` builds it first. */
const built = path.resolve(import.meta.dirname, '../../../dist/http-worker.mjs')

describe.each([
  ['in the main thread', undefined],
  ['with a worker thread', built],
])('the HTTP receiver %s', (_, workerFile) => {
  beforeEach(async () => {
    taken = []
    inFlight = []
    const slow = () => new Promise<boolean>((done) => inFlight.push(done))
    const checks = { '/healthz': async () => true, '/readyz': async () => false, '/slow': slow }
    receiver = new SignedHttpReceiver({
      signingSecret: secret,
      logger: slackLogger(silentLog),
      path: '/slack/events',
      host: '127.0.0.1',
      checks,
      workerFile,
    })
    const processEvent = async (event: ReceiverEvent) => {
      taken.push(event)
      await event.ack({ said: 'có' })
      await expect(event.ack()).rejects.toThrow()
    }
    receiver.init({ processEvent } as Pick<App, 'processEvent'> as App)
    url = `http://127.0.0.1:${(await receiver.start(0)).port}`
  })
  afterEach(() => receiver.stop())

  interface Sent {
    type?: string
    age?: number
    key?: string
    headers?: Record<string, string>
  }
  function send(
    body: string,
    { type = 'application/x-www-form-urlencoded', age = 0, key = secret, headers }: Sent = {},
  ) {
    const at = String(Math.floor(Date.now() / 1000) - age)
    const signature = `v0=${createHmac('sha256', key).update(`v0:${at}:${body}`).digest('hex')}`
    const signed = { 'x-slack-request-timestamp': at, 'x-slack-signature': signature }
    return fetch(`${url}/slack/events`, {
      method: 'POST',
      body,
      headers: { 'content-type': type, ...signed, ...headers },
    })
  }
  const payload = (value: unknown) => new URLSearchParams({ payload: JSON.stringify(value) }).toString()

  test('passes on a signed form and sends back its answer', async () => {
    const typed = { type: 'view_submission', text: 'Điện – 25/25 & "100 %" + 1' }
    const answer = await send(payload(typed), { headers: { 'x-slack-retry-num': '2' } })
    expect(taken[0]).toMatchObject({ body: typed, retryNum: 2 })
    expect(await answer.json()).toEqual({ said: 'có' })
  })

  test('passes on the input and hidden values of a form, and only the ids of its blocks', async () => {
    const state = { values: { text: { value: { type: 'plain_text_input', value: 'Dat 25/25' } } } }
    const read = { id: 'V1', callback_id: 'submission', private_metadata: '{"nonce":"n"}', state }
    const blocks = [{ type: 'input', block_id: 'text', label: { type: 'plain_text', text: 'Results' } }]
    await send(payload({ type: 'view_submission', view: { ...read, blocks } }))
    expect(taken[0]?.body.view).toEqual({ ...read, blocks: [{ type: 'input', block_id: 'text' }] })
  })

  test('keeps requests apart that arrive together', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, i) => send(payload({ type: 'view_submission', i }))))
    expect(new Set(taken.map((event) => event.body.i)).size).toBe(20)
  })

  test('passes on a slash command as its fields', async () => {
    await send('command=%2Fthidua&text=n%E1%BB%99p+a2+%26')
    expect(taken[0]?.body).toEqual({ command: '/thidua', text: 'nộp a2 &' })
  })

  test('rejects a request whose signature is wrong, old or missing', async () => {
    const body = payload({ type: 'block_actions' })
    expect((await send(body, { key: 'another' })).status).toBe(401)
    expect((await send(body, { age: 301 })).status).toBe(401)
    expect((await send(body, { headers: { 'x-slack-signature': '' } })).status).toBe(401)
    expect((await send(body, { headers: { 'x-slack-request-timestamp': 'NaN' } })).status).toBe(401)
    expect((await fetch(`${url}/slack/events`, { method: 'POST', body })).status).toBe(401)
    expect(taken).toEqual([])
  })

  test('answers an unsigned ssl_check and ignores everything else in it', async () => {
    const body = `ssl_check=1&${payload({ type: 'block_actions' })}`
    expect((await send(body, { key: 'another' })).status).toBe(200)
    expect((await send(body)).status).toBe(200)
    expect(taken.filter((event) => event.body.ssl_check === '1')).toEqual([])
  })

  test('answers a URL verification with its challenge', async () => {
    const answer = await send('{"type":"url_verification","challenge":"xyz"}', { type: 'application/json' })
    expect(await answer.json()).toEqual({ challenge: 'xyz' })
  })

  test('rejects a body that is no JSON, and does not read one that is too large', async () => {
    for (const cut of ['payload=%E0%A4%A', 'payload={}%2', 'payload={}%', 'payload={%zz}'])
      expect((await send(cut)).status).toBe(400)
    expect((await send('payload=null')).status).toBe(400)
    expect((await send('{', { type: 'application/json' })).status).toBe(400)
    expect((await send('x'.repeat(3_000_000)).catch(() => ({ status: 413 }))).status).toBe(413)
  })

  test('stops after the answers to requests in flight, although a proxy keeps its connections alive', async () => {
    const agent = new Agent({ keepAlive: true })
    const ask = () =>
      new Promise<boolean>((done) => {
        const asking = get(`${url}/slow`, { agent }, (answer) => answer.resume().on('end', () => done(true)))
        asking.on('error', () => done(false))
      })
    let answered = 0
    const proxy = Array.from({ length: 5 }, async () => {
      while (await ask()) answered++
    })
    await until(() => inFlight.length === 5, 'five requests')
    const stopped = receiver.stop()
    for (const answer of inFlight) answer(true)
    await stopped
    await Promise.all(proxy)
    expect([answered, inFlight.length]).toEqual([5, 5])
  })

  test('answers health checks on their paths and 404 elsewhere', async () => {
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
    expect((await fetch(`${url}/readyz`)).status).toBe(503)
    expect((await fetch(`${url}/toString`)).status).toBe(404)
    expect((await fetch(`${url}/slack/events`)).status).toBe(404)
  })
})
