import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { bytesOf, fieldsOf, isSigned, jsonOf } from './request-body.js'

export interface DoorOptions {
  signingSecret: string
  /** Where Slack sends everything. */
  path: string
  /** Further paths, for GET and HEAD; each answers 200 or 503. */
  checks: readonly string[]
}

export interface Incoming {
  /** A JSON text, if the sender wrote one. */
  json: string
  retryNum?: number
  retryReason?: string
}

/** What goes back: nothing, JSON as text, or plain text. */
export interface Answer {
  status: number
  json?: string
  text?: string
}

/** What stands behind the door. Neither may throw. */
export interface Behind {
  /** Takes what is verified and read; resolves with its acknowledgement. */
  take(incoming: Incoming): Promise<Answer>
  check(path: string): Promise<boolean>
  warn(what: string): void
}

export interface Door {
  /** Resolves with the port once it listens; throws what the system says when the port is taken. */
  listen(port: number): Promise<number>
  /** Takes no new connection; resolves when those there are have ended. */
  close(): Promise<void>
}

/** How often, at a stop, it is looked for connections that nobody uses any more. */
const CLOSE_IDLE_MS = 50

/**
 * Slack's way in over HTTP, as strict as Bolt's own receiver: nothing unsigned or older than five minutes passes, except
 * `ssl_check`, which does nothing. It needs nothing but Node, so that it can live in a thread of its own.
 */
export function openDoor(options: DoorOptions, behind: Behind): Door {
  let isClosing = false
  const server = createServer((request, response) => {
    take(options, behind, request)
      .catch((error: unknown) => {
        behind.warn(`request failed: ${wordsOf(error)}`)
        return { status: 500 }
      })
      .then((answer) => send(response, answer, isClosing))
  })
  return {
    listen: (port) =>
      new Promise((resolve, reject) => {
        // Once it listens, a connection that could not be taken is no reason to stop taking others.
        server.on('error', (error) => {
          if (server.listening) behind.warn(`connection failed: ${wordsOf(error)}`)
          reject(error)
        })
        server.listen(port, () => resolve((server.address() as AddressInfo).port))
      }),
    close: () =>
      new Promise((resolve, reject) => {
        isClosing = true
        // One whose answer is out already may be idle a moment later only.
        const closing = setInterval(() => server.closeIdleConnections(), CLOSE_IDLE_MS)
        server.close((error) => {
          clearInterval(closing)
          return error ? reject(error) : resolve()
        })
      }),
  }
}

async function take(
  { signingSecret, path, checks }: DoorOptions,
  behind: Behind,
  request: IncomingMessage,
): Promise<Answer> {
  const asked = request.url?.split('?', 1)[0] ?? ''
  if (asked !== path || request.method !== 'POST') {
    if (!checks.includes(asked) || (request.method !== 'GET' && request.method !== 'HEAD')) return { status: 404 }
    const ok = await behind.check(asked)
    return { status: ok ? 200 : 503, json: JSON.stringify({ ok }) }
  }
  const bytes = await bytesOf(request)
  if (!bytes) return { status: 413 }
  const { headers } = request
  const form = headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false
  if (!isSigned(headers, bytes, signingSecret, Date.now())) {
    // Slack looks at the certificate now and then with an unsigned request, which is answered and not read further.
    if (form && fieldsOf(bytes.toString()).ssl_check === '1') return { status: 200 }
    behind.warn('a request was not signed as Slack signs, or too old')
    return { status: 401 }
  }
  const json = jsonOf(bytes, form)
  if (json === undefined) return { status: 400 }
  const retryNum = headers['x-slack-retry-num']
  return behind.take({
    json,
    ...(retryNum === undefined ? {} : { retryNum: Number(retryNum) }),
    ...(headers['x-slack-retry-reason'] ? { retryReason: String(headers['x-slack-retry-reason']) } : {}),
  })
}

/** `isLast`: a connection that stays open would bring more and more, and then be cut in the midst of one. */
function send(response: ServerResponse, { status, json, text }: Answer, isLast: boolean): void {
  // As bytes: a socket takes a long text with Vietnamese in it several times slower.
  const bytes = Buffer.from(json ?? text ?? '')
  const type = json === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }
  const end = isLast ? { connection: 'close' } : {}
  response.writeHead(status, { ...type, ...end, 'content-length': bytes.length }).end(bytes)
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
