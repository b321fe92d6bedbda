import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Connections, capConnections } from './connections.js'
import { createIntake, type Intake } from './intake.js'
import { bodyLimit, formFields, isForm, isSigned, jsonOf, MAX_UNSIGNED_BYTES } from './request-body.js'
import { seldom } from './seldom.js'

/** What senders without a valid signature can take up, at most. */
export interface HttpLimits {
  /** Time for the headers, and for the whole of a request. Slack itself waits three seconds for the answer. */
  headersMs: number
  requestMs: number
  /** Open connections. */
  connections: number
  /** Bytes of bodies at a time, until their requests are answered. A request of Slack's has about ten kilobytes. */
  heldBytes: number
}

/** Measured with 300 connections of two megabytes each: see test/flows/process/half-sent.test.ts. */
const limits: HttpLimits = { headersMs: 5000, requestMs: 8000, connections: 200, heldBytes: 8_000_000 }

export interface ServerOptions {
  signingSecret: string
  /** The path of all of Slack's requests. */
  path: string
  /** Paths of health checks, for GET and HEAD; each answers 200 or 503. */
  checks: readonly string[]
  /** The address that it listens on. */
  host: string
  limits?: Partial<HttpLimits>
}

/** A request whose signature is valid. */
export interface VerifiedRequest {
  /** The body as JSON text, which may be invalid. */
  json: string
  retryNum?: number
  retryReason?: string
}

/** The response to a request: without a body, with JSON text, or with plain text. */
export interface HttpAnswer {
  status: number
  json?: string
  text?: string
}

/** What handles requests; nothing here may reject. */
export interface RequestHandler {
  /** Resolves with the acknowledgement. */
  handle(request: VerifiedRequest): Promise<HttpAnswer>
  check(path: string): Promise<boolean>
  warn(what: string): void
}

export interface HttpServer {
  /** Resolves with the port once it listens; rejects with the system's error when the port is in use. */
  listen(port: number): Promise<number>
  /** Accepts no new connection; resolves when the open ones have ended. */
  close(): Promise<void>
}

/** How often idle connections are closed during a stop. */
const CLOSE_IDLE_MS = 50

/** How long a stop waits for requests that are not complete. */
const STOP_READING_MS = 2000

/** How often Node looks for requests that take too long. */
const LOOK_FOR_SLOW_MS = 1000

/** Longer than proxies keep idle connections open (90 s at most), so that none sends into one that is being closed. */
const KEEP_ALIVE_MS = 100_000

/** How long the rest of a refused request is read and dropped: a sender that is cut off does not see the answer. */
const LINGER_MS = 1000

/** The status of a request whose memory is needed for others. */
const CROWDED = 503

interface Context extends ServerOptions {
  handler: RequestHandler
  intake: Intake
  connections: Connections
}

/**
 * The HTTP server for Slack's requests, as strict as Bolt's own receiver: it rejects requests that are unsigned or
 * older than five minutes, except `ssl_check`, which does nothing. Whatever the headers tell is checked before the body is
 * read, and what unsigned requests can take up is limited. It depends on Node alone, so that it can run in a worker thread
 * (`createHttpWorker` says what that gains).
 */
export function createHttpServer(options: ServerOptions, toHandle: RequestHandler): HttpServer {
  const { headersMs, requestMs, connections: max, heldBytes } = { ...limits, ...options.limits }
  const handler = { ...toHandle, warn: seldom(toHandle.warn) }
  let isClosing = false
  const timing = {
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    connectionsCheckingInterval: Math.min(LOOK_FOR_SLOW_MS, headersMs),
    keepAliveTimeout: KEEP_ALIVE_MS,
  }
  const server = createServer(timing, (request, response) => {
    answer(context, request)
      .catch((error: unknown) => {
        // A sender that disconnects gets no answer.
        if (request.destroyed) return { status: 400 }
        handler.warn(`request failed: ${messageOf(error)}`)
        return { status: 500 }
      })
      .then((result) => send(request, response, result, isClosing))
  })
  const connections = capConnections(server, max)
  const context: Context = { ...options, handler, intake: createIntake(heldBytes), connections }
  return {
    listen: (port) =>
      new Promise((resolve, reject) => {
        // Once it listens, an error of one connection must not stop the server.
        server.on('error', (error) => {
          if (server.listening) handler.warn(`connection failed: ${messageOf(error)}`)
          reject(error)
        })
        server.listen(port, options.host, () => resolve((server.address() as AddressInfo).port))
      }),
    close: () =>
      new Promise((resolve, reject) => {
        isClosing = true
        // A connection whose answer is sent already becomes idle a moment later.
        const closing = setInterval(() => server.closeIdleConnections(), CLOSE_IDLE_MS)
        const giveUp = setTimeout(() => connections.closeIdle(), STOP_READING_MS)
        server.close((error) => {
          clearInterval(closing)
          clearTimeout(giveUp)
          return error ? reject(error) : resolve()
        })
      }),
  }
}

async function answer(c: Context, request: IncomingMessage): Promise<HttpAnswer> {
  const requested = request.url?.split('?', 1)[0] ?? ''
  const { headers, socket } = request
  if (requested !== c.path || request.method !== 'POST') {
    if (!c.checks.includes(requested) || (request.method !== 'GET' && request.method !== 'HEAD')) return { status: 404 }
    c.connections.busy(socket, false)
    const ok = await c.handler.check(requested)
    c.connections.answered(socket)
    return { status: ok ? 200 : 503, json: JSON.stringify({ ok }) }
  }
  const limit = bodyLimit(headers, Date.now())
  if ('status' in limit) return refused(c, limit.status)
  const body = await c.intake.read(request, limit.bytes)
  if (body === 'too_large') return refused(c, limit.refuse)
  if (body === 'crowded') {
    c.handler.warn('a request was refused, because unfinished requests hold too much memory')
    return { status: CROWDED }
  }
  try {
    if (!isSigned(headers, body.parts, c.signingSecret, Date.now())) {
      // Slack checks the certificate now and then with an unsigned request, which is answered and not processed.
      return isCertificateCheck(headers, body.parts) ? { status: 200 } : refused(c, 401)
    }
    c.connections.busy(socket, true)
    const [first, ...rest] = body.parts
    const bytes = first && rest.length === 0 ? first : Buffer.concat(body.parts)
    const json = jsonOf(bytes, isForm(headers))
    if (json === undefined) return { status: 400 }
    const retryNum = headers['x-slack-retry-num']
    return await c.handler.handle({
      json,
      ...(retryNum === undefined ? {} : { retryNum: Number(retryNum) }),
      ...(headers['x-slack-retry-reason'] ? { retryReason: String(headers['x-slack-retry-reason']) } : {}),
    })
  } finally {
    c.connections.answered(socket)
    body.free()
  }
}

/** Decodes only what is short: decoding takes several times the memory. */
const isCertificateCheck = (headers: IncomingMessage['headers'], parts: readonly Buffer[]): boolean =>
  isForm(headers) &&
  parts.reduce((bytes, part) => bytes + part.length, 0) <= MAX_UNSIGNED_BYTES &&
  formFields(Buffer.concat(parts)).ssl_check === '1'

function refused({ handler }: Context, status: 401 | 413): HttpAnswer {
  handler.warn(status === 401 ? 'a request has no valid signature, or is too old' : 'a request is too large')
  return { status }
}

/** `isLast`: closes the connection, since a client could keep sending requests over it during a stop. */
function send(request: IncomingMessage, response: ServerResponse, { status, json, text }: HttpAnswer, isLast: boolean) {
  // Its sender is gone, or took too long and was told so.
  if (response.destroyed || response.socket?.destroyed !== false) return
  // As bytes: a socket writes a long string with Vietnamese in it several times slower.
  const bytes = Buffer.from(json ?? text ?? '')
  const type = json === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }
  const end = isLast || !request.complete ? { connection: 'close' } : {}
  response.writeHead(status, { ...type, ...end, 'content-length': bytes.length })
  // Without delay where memory is short: reading takes memory too.
  if (request.complete || status === CROWDED) return void response.end(bytes)
  response.write(bytes)
  dropRest(request, () => response.end())
}

/** Reads the rest of a body and forgets it, for a moment; then calls `done`, which closes the connection. */
function dropRest(request: IncomingMessage, done: () => void): void {
  const timer = setTimeout(done, LINGER_MS)
  request.once('close', () => {
    clearTimeout(timer)
    done()
  })
  request.on('error', () => undefined)
  request.resume()
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
