import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { formFields, isSigned, jsonOf, readBody } from './request-body.js'

export interface ServerOptions {
  signingSecret: string
  /** The path of all of Slack's requests. */
  path: string
  /** Paths of health checks, for GET and HEAD; each answers 200 or 503. */
  checks: readonly string[]
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

/**
 * The HTTP server for Slack's requests, as strict as Bolt's own receiver: it rejects requests that are unsigned or
 * older than five minutes, except `ssl_check`, which does nothing. It depends on Node alone, so that it can run in a
 * worker thread (`createHttpWorker` says what that gains).
 */
export function createHttpServer(options: ServerOptions, handler: RequestHandler): HttpServer {
  let isClosing = false
  const server = createServer((request, response) => {
    answer(options, handler, request)
      .catch((error: unknown) => {
        handler.warn(`request failed: ${messageOf(error)}`)
        return { status: 500 }
      })
      .then((result) => send(response, result, isClosing))
  })
  return {
    listen: (port) =>
      new Promise((resolve, reject) => {
        // Once it listens, an error of one connection must not stop the server.
        server.on('error', (error) => {
          if (server.listening) handler.warn(`connection failed: ${messageOf(error)}`)
          reject(error)
        })
        server.listen(port, () => resolve((server.address() as AddressInfo).port))
      }),
    close: () =>
      new Promise((resolve, reject) => {
        isClosing = true
        // A connection whose answer is sent already becomes idle a moment later.
        const closing = setInterval(() => server.closeIdleConnections(), CLOSE_IDLE_MS)
        server.close((error) => {
          clearInterval(closing)
          return error ? reject(error) : resolve()
        })
      }),
  }
}

async function answer(
  { signingSecret, path, checks }: ServerOptions,
  handler: RequestHandler,
  request: IncomingMessage,
): Promise<HttpAnswer> {
  const requested = request.url?.split('?', 1)[0] ?? ''
  if (requested !== path || request.method !== 'POST') {
    if (!checks.includes(requested) || (request.method !== 'GET' && request.method !== 'HEAD')) return { status: 404 }
    const ok = await handler.check(requested)
    return { status: ok ? 200 : 503, json: JSON.stringify({ ok }) }
  }
  const bytes = await readBody(request)
  if (!bytes) return { status: 413 }
  const { headers } = request
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false
  if (!isSigned(headers, bytes, signingSecret, Date.now())) {
    // Slack checks the certificate now and then with an unsigned request, which is answered and not processed.
    if (isForm && formFields(bytes).ssl_check === '1') return { status: 200 }
    handler.warn('a request has no valid signature, or is too old')
    return { status: 401 }
  }
  const json = jsonOf(bytes, isForm)
  if (json === undefined) return { status: 400 }
  const retryNum = headers['x-slack-retry-num']
  return handler.handle({
    json,
    ...(retryNum === undefined ? {} : { retryNum: Number(retryNum) }),
    ...(headers['x-slack-retry-reason'] ? { retryReason: String(headers['x-slack-retry-reason']) } : {}),
  })
}

/** `isLast`: closes the connection, since a client could keep sending requests over it during a stop. */
function send(response: ServerResponse, { status, json, text }: HttpAnswer, isLast: boolean): void {
  // As bytes: a socket writes a long string with Vietnamese in it several times slower.
  const bytes = Buffer.from(json ?? text ?? '')
  const type = json === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }
  const end = isLast ? { connection: 'close' } : {}
  response.writeHead(status, { ...type, ...end, 'content-length': bytes.length }).end(bytes)
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
