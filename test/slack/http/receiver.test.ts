import { createHmac } from 'node:crypto'
import { Agent, get } from 'node:http'
import path from 'node:path'
import type { App, ReceiverEvent } from '@slack/bolt'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { SignedHttpReceiver } from '../../../src/slack/http/receiver.js'

const secret = 'a-secret'
const silent = { debug() {}, info() {}, warn() {}, error() {}, setLevel() {}, setName() {} } as never
let receiver: SignedHttpReceiver
let url: string
let taken: ReceiverEvent[]
/** What answers each request for what is slow. */
let inHand: ((ok: boolean) => void)[]

/** `npm test` builds it first. */
const built = path.resolve(import.meta.dirname, '../../../dist/http-thread.mjs')

describe.each([
  ['in this thread', undefined],
  ['in a thread of its own', built],
])('a door %s', (_, thread) => {
  beforeEach(async () => {
    taken = []
    inHand = []
    const slow = () => new Promise<boolean>((done) => inHand.push(done))
    const checks = { '/healthz': async () => true, '/readyz': async () => false, '/slow': slow }
    receiver = new SignedHttpReceiver({ signingSecret: secret, logger: silent, path: '/slack/events', checks, thread })
    const processEvent = async (event: ReceiverEvent) => {
      taken.push(event)
      await event.ack({ said: 'có' })
      await expect(event.ack()).rejects.toThrow()
    }
    receiver.init({ processEvent } as unknown as App)
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

  test('a signed form comes in as it was typed and its answer goes back', async () => {
    const typed = { type: 'view_submission', text: 'Điện – 25/25 & "100 %" + 1' }
    const answer = await send(payload(typed), { headers: { 'x-slack-retry-num': '2' } })
    expect(taken[0]).toMatchObject({ body: typed, retryNum: 2 })
    expect(await answer.json()).toEqual({ said: 'có' })
  })

  test('of a form comes in what was typed and hidden, and which fields it has', async () => {
    const state = { values: { text: { value: { type: 'plain_text_input', value: 'Dat 25/25' } } } }
    const read = { id: 'V1', callback_id: 'submission', private_metadata: '{"nonce":"n"}', state }
    const blocks = [{ type: 'input', block_id: 'text', label: { type: 'plain_text', text: 'Results' } }]
    await send(payload({ type: 'view_submission', view: { ...read, blocks } }))
    expect(taken[0]?.body.view).toEqual({ ...read, blocks: [{ type: 'input', block_id: 'text' }] })
  })

  test('what comes in together is told apart', async () => {
    await Promise.all(Array.from({ length: 20 }, (_, i) => send(payload({ type: 'view_submission', i }))))
    expect(new Set(taken.map((event) => event.body.i)).size).toBe(20)
  })

  test('a slash command comes in as its fields', async () => {
    await send('command=%2Fthidua&text=n%E1%BB%99p+a2+%26')
    expect(taken[0]?.body).toEqual({ command: '/thidua', text: 'nộp a2 &' })
  })

  test('nothing passes that is signed wrongly, too old or not at all', async () => {
    const body = payload({ type: 'block_actions' })
    expect((await send(body, { key: 'another' })).status).toBe(401)
    expect((await send(body, { age: 301 })).status).toBe(401)
    expect((await send(body, { headers: { 'x-slack-signature': '' } })).status).toBe(401)
    expect((await send(body, { headers: { 'x-slack-request-timestamp': 'NaN' } })).status).toBe(401)
    expect((await fetch(`${url}/slack/events`, { method: 'POST', body })).status).toBe(401)
    expect(taken).toEqual([])
  })

  test('an unsigned ssl_check is answered and does nothing, whatever else it holds', async () => {
    const body = `ssl_check=1&${payload({ type: 'block_actions' })}`
    expect((await send(body, { key: 'another' })).status).toBe(200)
    expect((await send(body)).status).toBe(200)
    expect(taken.filter((event) => event.body.ssl_check === '1')).toEqual([])
  })

  test('the address is verified by giving its challenge back', async () => {
    const answer = await send('{"type":"url_verification","challenge":"xyz"}', { type: 'application/json' })
    expect(await answer.json()).toEqual({ challenge: 'xyz' })
  })

  test('what cannot be read is refused, and what is far too long is not read', async () => {
    for (const cut of ['payload=%E0%A4%A', 'payload={}%2', 'payload={}%', 'payload={%zz}'])
      expect((await send(cut)).status).toBe(400)
    expect((await send('payload=null')).status).toBe(400)
    expect((await send('{', { type: 'application/json' })).status).toBe(400)
    expect((await send('x'.repeat(3_000_000)).catch(() => ({ status: 413 }))).status).toBe(413)
  })

  test('a stop ends with the answers to what is in hand, however eagerly a proxy keeps its connections', async () => {
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
    await expect.poll(() => inHand.length, { interval: 5 }).toBe(5)
    const stopped = receiver.stop()
    for (const answer of inHand) answer(true)
    await stopped
    await Promise.all(proxy)
    expect([answered, inHand.length]).toEqual([5, 5])
  })

  test('the checks answer on paths of their own and all else is unknown', async () => {
    expect((await fetch(`${url}/healthz`)).status).toBe(200)
    expect((await fetch(`${url}/readyz`)).status).toBe(503)
    expect((await fetch(`${url}/toString`)).status).toBe(404)
    expect((await fetch(`${url}/slack/events`)).status).toBe(404)
  })
})
