import { Agent, request as httpRequest } from 'node:http'
import path from 'node:path'
import type { App, ReceiverEvent } from '@slack/bolt'
import { afterEach, describe, expect, test } from 'vitest'
import { silentLog } from '../../../src/log.js'
import { SignedHttpReceiver } from '../../../src/slack/http/receiver.js'
import type { HttpLimits } from '../../../src/slack/http/server.js'
import { slackLogger } from '../../../src/slack/logger.js'
import { until } from '../../helpers/until.js'
import { headersOf, openRaw, signature } from './raw-request.js'

const secret = 'a-secret'
/** `npm test` builds it first. */
const built = path.resolve(import.meta.dirname, '../../../dist/http-worker.mjs')

let receiver: SignedHttpReceiver
let port: number
let warnings: string[]
/** Answers the requests that the bot handles; they are answered at once unless `isSlow`. */
let handled: (() => void)[]
let isSlow: boolean
afterEach(() => {
  for (const finish of handled) finish()
  return receiver.stop()
})

describe.each([
  ['in the main thread', undefined],
  ['with a worker thread', built],
])('%s', (_, workerFile) => {
  async function start(limits: Partial<HttpLimits> = {}): Promise<void> {
    ;[handled, warnings, isSlow] = [[], [], false]
    const logger = slackLogger({ ...silentLog, warn: (_event, about) => warnings.push(String(about?.text)) })
    const checks = { '/healthz': async () => true }
    receiver = new SignedHttpReceiver({
      signingSecret: secret,
      logger,
      path: '/slack/events',
      host: '127.0.0.1',
      checks,
      workerFile,
      limits,
    })
    const processEvent = async ({ ack }: ReceiverEvent) => {
      if (isSlow) await new Promise<void>((finish) => handled.push(finish))
      await ack()
    }
    receiver.init({ processEvent } as Pick<App, 'processEvent'> as App)
    port = (await receiver.start(0)).port
  }

  /** A whole request as Slack sends it; resolves with its status. */
  const real = (agent?: Agent, body = 'command=%2Fthidua&text=') =>
    new Promise<number | undefined>((resolve, reject) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded', ...signature(body, secret) }
      const sending = httpRequest(
        { port, host: '127.0.0.1', path: '/slack/events', method: 'POST', headers, agent },
        (answer) => answer.resume().on('end', () => resolve(answer.statusCode)),
      )
      sending.on('error', reject)
      sending.end(body)
    })
  const length = (bytes: number) => ({ 'content-length': String(bytes) })

  test.each<[string, Record<string, string>, number]>([
    ['without a signature', length(1_980_000), 401],
    [
      'without a signature, of unknown length and no form',
      { 'transfer-encoding': 'chunked', 'content-type': 'a/b' },
      401,
    ],
    ['with an old signature', { ...length(1_980_000), ...signature('', undefined, 400) }, 401],
    ['from the future', { ...length(1_980_000), ...signature('', undefined, -400) }, 401],
    ['with half a signature', { ...length(9000), ...signature(''), 'x-slack-signature': 'v0=abc' }, 401],
    ['that is too large', { ...length(3_000_000), ...signature('') }, 413],
  ])('a request %s is refused by its headers, and its connection closed', async (_name, headers, status) => {
    await start()
    const sent = openRaw(port, headersOf(headers).replace(/(content-type: a)pplication.*\r\n/, '$1/b\r\n'))
    expect(await sent.status()).toBe(status)
    await sent.closed()
  })

  test('a sender that goes on sending sees why it was refused', async () => {
    await start()
    const sent = openRaw(port, headersOf(length(1_980_000)))
    sent.socket.write(Buffer.alloc(1_980_000, 'x'))
    expect(await sent.status()).toBe(401)
  })

  test.each<[string, () => string, number]>([
    ['half a body', () => headersOf({ ...length(1_000_000), ...signature('') }) + 'x'.repeat(900_000), 408],
    ['half the headers', () => headersOf(signature('')).slice(0, -2), 408],
    ['a character', () => 'P', 408],
    ['nothing', () => '', 408],
    ['no HTTP', () => 'SSH-2.0-x\r\n\r\n', 400],
  ])('a connection that sends %s is answered and closed within its time', async (_name, beginning, status) => {
    await start({ headersMs: 100, requestMs: 200 })
    const sent = openRaw(port, beginning())
    expect(await sent.status()).toBe(status)
    await sent.closed()
    expect(await real()).toBe(200)
  })

  test('headers that come slowly, a line at a time, are not waited for', async () => {
    await start({ headersMs: 100, requestMs: 200 })
    const sent = openRaw(port, 'POST /slack/events HTTP/1.1\r\n')
    const writing = setInterval(() => sent.socket.write('x-a: b\r\n'), 10)
    await sent.closed()
    clearInterval(writing)
  })

  test('an answer that takes longer than a request may is waited for', async () => {
    await start({ headersMs: 50, requestMs: 100 })
    isSlow = true
    const answer = real()
    await until(() => handled.length === 1, 'a request')
    // Node has looked for slow requests by then: this one has been cut off.
    await openRaw(port).closed()
    for (const finish of handled) finish()
    expect(await answer).toBe(200)
  })

  test('a proxy may keep its connection open between requests', async () => {
    await start({ headersMs: 50, requestMs: 100 })
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const sockets = new Set<unknown>()
    agent.on('free', (socket) => sockets.add(socket))
    for (let n = 0; n < 3; n++) {
      expect(await real(agent)).toBe(200)
      await openRaw(port).closed()
    }
    expect(sockets.size).toBe(1)
    agent.destroy()
  })

  test('bodies sent in part make way for whole ones when they hold too much memory', async () => {
    await start({ heldBytes: 1_000_000 })
    const beginning = headersOf({ ...length(1_900_000), ...signature('') }) + 'x'.repeat(100_000)
    const held = Array.from({ length: 30 }, () => openRaw(port, beginning))
    const given = await Promise.race(held.map((one) => one.status()))
    expect(given).toBe(503)
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => real(undefined, `command=x&text=${'y'.repeat(10_000)}`)),
    )
    expect(answers).toEqual(Array(50).fill(200))
    // Some wait until their time is over: they are within the limit.
    const refused = held.filter((one) => one.socket.destroyed)
    expect(refused.length).toBeLessThan(held.length)
    expect(warnings.filter((w) => w.includes('too much memory'))).toHaveLength(1)
  })

  test('requests that wait for the bot hold their bytes, and more than the limit are refused', async () => {
    await start({ heldBytes: 100_000 })
    isSlow = true
    const body = `command=x&text=${'y'.repeat(40_000)}`
    const waiting = [real(undefined, body), real(undefined, body)]
    await until(() => handled.length === 2, 'two requests')
    expect(await real(undefined, body)).toBe(503)
    for (const finish of handled) finish()
    expect(await Promise.all(waiting)).toEqual([200, 200])
    isSlow = false
    expect(await real(undefined, body)).toBe(200)
  })

  test('a body that comes in many small parts is put together', async () => {
    await start()
    const body = `command=x&text=${Array.from({ length: 9000 }, (_, n) => n).join('+')}`
    const bytes = [...body].map((byte) => `1\r\n${byte}\r\n`).join('')
    const headers = headersOf({ 'transfer-encoding': 'chunked', ...signature(body, secret) })
    expect(await openRaw(port, `${headers}${bytes}0\r\n\r\n`).status()).toBe(200)
  })

  test('connections that hold the door make way: fifty real requests at once are answered, and a proxy keeps its own', async () => {
    await start({ connections: 60 })
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    const sockets = new Set<unknown>()
    agent.on('free', (socket) => sockets.add(socket))
    await real(agent)
    const holding = Array.from({ length: 100 }, () => openRaw(port, 'POST /slack'))
    await until(() => holding.filter((one) => one.socket.destroyed).length >= 41, 'connections that made way')
    expect(await Promise.all(Array.from({ length: 50 }, () => real()))).toEqual(Array(50).fill(200))
    expect(await real(agent)).toBe(200)
    expect(sockets.size).toBe(1)
    agent.destroy()
  })

  test('a large request of Slack’s own is handled', async () => {
    await start()
    expect(await real(undefined, `command=x&text=${'y'.repeat(1_900_000)}`)).toBe(200)
  })

  test('a flood of refused requests is a line in the log', async () => {
    await start()
    for (let n = 0; n < 20; n++) await openRaw(port, headersOf(length(9000))).status()
    expect(warnings).toEqual(['a request has no valid signature, or is too old'])
  })

  test('a stop does not wait for requests that are never completed', async () => {
    await start()
    const half = openRaw(port, headersOf({ ...length(9000), ...signature('') }))
    await real()
    await receiver.stop()
    await half.closed()
  })
})
