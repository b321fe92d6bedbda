import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { storeFile } from '../../../src/files/store-file.js'
import { silentLog } from '../../../src/log.js'
import { slackLogger } from '../../../src/slack/logger.js'
import { outboxClient } from '../../../src/slack/outbound/api.js'
import { slackFiles } from '../../../src/slack/outbound/files.js'
import { exifSegment, jpeg, scan } from '../../files/samples.js'
import { stage } from '../../files/stage.js'
import { until } from '../../helpers/until.js'

const TOKEN = 'xoxb-secret'
const MB = 1024 * 1024
const servers: Server[] = []
afterEach(() => {
  vi.useRealTimers()
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

interface SeenRequest {
  url: string
  authorization: string | undefined
}
interface SlackOptions {
  /** The answer of `files.info`. */
  info?: (origin: string) => object
  stallMs?: number
  maxBytes?: number
}

/** A Slack with one file. Each download is answered by the next listener; the last one is used for all further ones. */
async function slack(answers: RequestListener[], { info, ...options }: SlackOptions = {}) {
  const seen: SeenRequest[] = []
  let origin = ''
  let n = 0
  origin = await serve((request, response) => {
    seen.push({ url: request.url ?? '', authorization: request.headers.authorization })
    if (request.url !== '/api/files.info') return answers[Math.min(n++, answers.length - 1)]?.(request, response)
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(info?.(origin) ?? { ok: false, error: 'file_not_found' }))
  })
  const api = { token: TOKEN, apiUrl: `${origin}/api/`, logger: slackLogger(silentLog) }
  const { open } = slackFiles({ ...api, client: outboxClient(api), ...options })
  const download = async (url = `${origin}/files-pri/F1/a.jpg`, size?: number) => {
    const parts: Buffer[] = []
    for await (const part of await open({ id: 'F1', url, size })) parts.push(part)
    return Buffer.concat(parts)
  }
  return { open, origin, seen, download }
}

const send =
  (body: Buffer | string, headers: Record<string, string> = {}, status = 200): RequestListener =>
  (_, response) => {
    response.writeHead(status, { 'content-length': String(Buffer.byteLength(body)), ...headers })
    response.end(body)
  }
const fresh = (size?: number) => (origin: string) => ({
  ok: true,
  file: { id: 'F1', url_private_download: `${origin}/fresh/a.jpg`, size },
})
const paths = (seen: SeenRequest[]) => seen.map((s) => s.url)
const page = send('<!DOCTYPE html><title>Slack</title>', { 'content-type': 'text/html; charset=utf-8' })

describe('a download from Slack', () => {
  it('returns the bytes, requested with the bot’s token', async () => {
    const { download, seen } = await slack([send(jpeg())])
    expect((await download()).equals(jpeg())).toBe(true)
    expect(seen).toEqual([{ url: '/files-pri/F1/a.jpg', authorization: `Bearer ${TOKEN}` }])
  })

  it.each([
    'http://files.slack.com/files-pri/a.jpg',
    'https://files.slack.com.evil.example/a.jpg',
    'https://evilslack.com/a.jpg',
    'https://files.slack.com@evil.example/a.jpg',
    'https://files.slack.com:8443/a.jpg',
    'https://docs.google.com/document/d/1',
    'file:///etc/passwd',
    'http://127.0.0.1:1/a.jpg',
    'a.jpg',
    '',
  ])('requests nothing from a host other than Slack: %s', async (url) => {
    const { open, seen } = await slack([send('')], {
      info: () => ({ ok: true, file: { id: 'F1', url_private_download: url || 'https://example.com/' } }),
    })
    await expect(open({ id: 'F1', url })).rejects.toMatchObject({ why: 'refused', reason: 'elsewhere' })
    expect(seen.filter((s) => s.url !== '/api/files.info')).toEqual([])
  })

  it('does not follow a redirect to another host', async () => {
    const seenElsewhere: SeenRequest[] = []
    const elsewhere = await serve((request, response) => {
      seenElsewhere.push({ url: request.url ?? '', authorization: request.headers.authorization })
      response.end('x')
    })
    const { download } = await slack([send('', { location: `${elsewhere}/a.jpg` }, 302)])
    await expect(download()).rejects.toMatchObject({ why: 'refused', reason: 'elsewhere' })
    expect(seenElsewhere).toEqual([])
  })

  it('follows redirects within Slack, but no loop', async () => {
    const once = await slack([send('', { location: '/new/a.jpg' }, 302), send(jpeg())])
    expect((await once.download()).length).toBe(jpeg().length)
    expect(paths(once.seen)).toEqual(['/files-pri/F1/a.jpg', '/new/a.jpg'])
    const round = await slack([send('', { location: '/again' }, 302)])
    await expect(round.download()).rejects.toMatchObject({ why: 'refused', reason: 'elsewhere' })
    expect(round.seen.length).toBeLessThan(6)
  })

  it.each([
    ['the login page', page],
    ['404', send('', {}, 404)],
    ['403', send('', {}, 403)],
  ] as const)('requests a fresh URL once after %s', async (_, first) => {
    const { download, seen } = await slack([first, send(jpeg())], { info: fresh() })
    expect((await download()).length).toBe(jpeg().length)
    expect(paths(seen)).toEqual(['/files-pri/F1/a.jpg', '/api/files.info', '/fresh/a.jpg'])
  })

  it.each([
    ['html', page],
    ['gone', send('', {}, 404)],
    ['no_access', send('', {}, 403)],
  ] as const)('is refused when a fresh URL does not help: %s', async (reason, answer) => {
    const { download, seen } = await slack([answer], { info: fresh() })
    await expect(download()).rejects.toMatchObject({ why: 'refused', reason })
    expect(seen).toHaveLength(3)
  })

  it.each([
    ['refused', 'gone', { ok: false, error: 'file_not_found' }],
    ['refused', 'gone', { ok: false, error: 'file_deleted' }],
    ['refused', 'gone', { ok: true, file: { id: 'F1', mode: 'tombstone' } }],
    ['refused', 'gone', { ok: true, file: { id: 'F1', mode: 'hidden_by_limit' } }],
    ['refused', 'no_access', { ok: false, error: 'access_denied' }],
    ['later', 'installation', { ok: false, error: 'missing_scope' }],
    ['later', 'rate_limited', { ok: false, error: 'ratelimited' }],
  ] as const)('fails with the reason of files.info: %s, %s', async (why, reason, answer) => {
    const { open } = await slack([send('')], { info: () => answer })
    await expect(open({ id: 'F1' })).rejects.toMatchObject({ why, reason })
  })

  it('is deferred by the Retry-After of a 429', async () => {
    const { download, seen } = await slack([send('', { 'retry-after': '7' }, 429)])
    await expect(download()).rejects.toMatchObject({ why: 'later', reason: 'rate_limited', retryAfterMs: 7000 })
    expect(seen).toHaveLength(1)
  })

  it('can be retried after a server error', async () => {
    const { download } = await slack([send('', {}, 503)])
    await expect(download()).rejects.toMatchObject({ why: 'broken', reason: 'server' })
  })

  it('can be retried when the connection is closed without an answer', async () => {
    const { download } = await slack([(request) => void request.socket.destroy()])
    await expect(download()).rejects.toMatchObject({ why: 'broken', reason: 'connection' })
  })

  it.each([
    ['before the answer', () => undefined],
    ['in the middle', (_, response) => void response.writeHead(200, { 'content-length': '1000' }).write('half')],
  ] as [string, RequestListener][])('is aborted when it stalls %s', async (_, answer) => {
    const { download } = await slack([answer], { stallMs: 80 })
    await expect(download()).rejects.toMatchObject({ why: 'broken', reason: 'stalled' })
  })

  it('is not aborted while data arrives slowly', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const answers: ServerResponse[] = []
    const { open, origin } = await slack([(_, response) => void answers.push(response)], { stallMs: 120 })
    let got = ''
    const reading = (async () => {
      for await (const part of await open({ id: 'F1', url: `${origin}/a` })) got += part
    })()
    const answer = await until(() => answers[0], 'a request')
    for (const part of 'slowly') {
      const before = got
      vi.advanceTimersByTime(100)
      answer.write(part)
      await until(() => got === before + part, 'a part')
    }
    answer.end()
    await reading
    expect(got).toBe('slowly')
  })

  it('is not aborted when the reader is slow', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { open, origin } = await slack([send(Buffer.alloc(2 * MB))], { stallMs: 60 })
    let received = 0
    for await (const part of await open({ id: 'F1', url: `${origin}/a` })) {
      if (received === 0) {
        await until(() => vi.getTimerCount() === 0, 'a download that waits for its reader')
        vi.advanceTimersByTime(150)
      }
      received += part.length
    }
    expect(received).toBe(2 * MB)
  })

  it('can be retried when it breaks in the middle', async () => {
    const { download } = await slack([
      (_, response) => {
        response.writeHead(200, { 'content-length': '100000' })
        response.write(Buffer.alloc(5000), () => response.destroy())
      },
    ])
    await expect(download()).rejects.toMatchObject({ why: 'broken', reason: 'connection' })
  })

  it('can be retried when it ends before the size that Slack gave', async () => {
    const { download, origin } = await slack([send(jpeg())])
    const url = `${origin}/a`
    await expect(download(url, jpeg().length + 1)).rejects.toMatchObject({ why: 'broken', reason: 'cut_short' })
    expect((await download(url, jpeg().length)).length).toBe(jpeg().length)
  })

  it('is not started when the size that Slack gave is too large', async () => {
    const { download, seen, origin } = await slack([send('')])
    await expect(download(`${origin}/a`, 200 * MB)).rejects.toMatchObject({ why: 'refused', reason: 'too_large' })
    expect(seen).toEqual([])
  })

  it('is not read when its content-length is too large, and is aborted when the body turns out to be', async () => {
    let sent = 0
    let closed = 0
    const endless: RequestListener = (_, response) => {
      response.on('close', () => closed++)
      Readable.from(
        (function* () {
          for (; sent < 200 * MB; sent += 64 * 1024) yield Buffer.alloc(64 * 1024)
        })(),
      )
        .on('error', () => undefined)
        .pipe(response)
    }
    const declared = await slack([(q, r) => endless(q, r.setHeader('content-length', 200 * MB))])
    await expect(declared.download()).rejects.toMatchObject({ why: 'refused', reason: 'too_large' })
    expect(sent).toBeLessThan(20 * MB)
    sent = 0
    const undeclared = await slack([endless], { maxBytes: 5 * MB })
    await expect(undeclared.download()).rejects.toMatchObject({ why: 'refused', reason: 'too_large' })
    expect(sent).toBeLessThan(25 * MB)
    await until(() => closed === 2, 'two closed connections')
  })

  it('closes the connection when the stream is destroyed, before or during reading', async () => {
    let closed = 0
    const { open, origin } = await slack([
      (_, response) => {
        response.on('close', () => closed++)
        response.write('x')
      },
    ])
    const unread = await open({ id: 'F1', url: `${origin}/a` })
    unread.destroy()
    for await (const _ of await open({ id: 'F1', url: `${origin}/a` })) break
    await until(() => closed === 2, 'two closed connections')
  })

  it('has no URL, file name or token in its errors', async () => {
    const { download } = await slack([(request) => void request.socket.destroy()])
    const error = (await download().catch((e: unknown) => e)) as Error
    expect(`${error.stack} ${JSON.stringify(error)} ${error.cause ?? ''}`).not.toMatch(/xoxb|a\.jpg|127\.0\.0/)
  })
})

describe('storing a file from Slack', () => {
  it('refuses a page that is declared as a photo', async () => {
    const { open, origin } = await slack([send('<html><body>', { 'content-type': 'image/jpeg' })])
    const { vault, files } = await stage()
    const kept = open({ id: 'F1', url: `${origin}/a.jpg` }).then((source) => storeFile(vault, source))
    await expect(kept).rejects.toMatchObject({ why: 'refused', reason: 'html' })
    expect(files()).toEqual([])
  })

  it('refuses an empty file', async () => {
    const { open, origin } = await slack([send('', { 'content-type': 'image/jpeg' })])
    const { vault, files } = await stage()
    const kept = open({ id: 'F1', url: `${origin}/a.jpg`, size: 0 }).then((source) => storeFile(vault, source))
    await expect(kept).rejects.toMatchObject({ why: 'refused', reason: 'empty' })
    expect(files()).toEqual([])
  })

  it('leaves no file behind when the download breaks', async () => {
    const { open, origin } = await slack([
      (_, response) => {
        response.writeHead(200, { 'content-length': '100000' })
        response.write(jpeg().subarray(0, 5000), () => response.destroy())
      },
    ])
    const { vault, files } = await stage()
    await expect(storeFile(vault, await open({ id: 'F1', url: `${origin}/a.jpg` }))).rejects.toMatchObject({
      why: 'broken',
    })
    expect(files()).toEqual([])
  })

  it('needs less than 100 MB of memory for ten photos of 10 MB at once', async () => {
    const [head, tail] = [jpeg({ before: [exifSegment()], picture: Buffer.alloc(0) }).subarray(0, -2), scan]
    let n = 0
    const photo: RequestListener = (_, response) => {
      const id = n++
      const parts = function* () {
        yield head
        for (let i = 0; i < 160; i++) yield Buffer.alloc(64 * 1024, id + 1)
        yield Buffer.concat([tail, Buffer.from([0xff, 0xd9])])
      }
      Readable.from(parts(), { objectMode: false }).pipe(response)
    }
    const { open, origin } = await slack([photo])
    const { vault, files } = await stage()
    const take = async () => storeFile(vault, await open({ id: 'F1', url: `${origin}/a.jpg` }))
    await take()
    const before = process.memoryUsage().rss
    let most = before
    const timer = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss)
    }, 2)
    const kept = await Promise.all(Array.from({ length: 10 }, take))
    clearInterval(timer)
    expect(kept.every((k) => k.size > 10 * MB)).toBe(true)
    expect(files()).toHaveLength(11)
    expect((most - before) / MB).toBeLessThan(100)
  })
})
