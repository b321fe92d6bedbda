import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type App, isValidSlackRequest, type Receiver, ReceiverMultipleAckError } from '@slack/bolt'
import type { Logger } from '@slack/web-api'

/** Slack's largest payloads are a few hundred kilobytes. */
const MAX_BYTES = 2_000_000

export interface HttpReceiverOptions {
  signingSecret: string
  logger: Logger
  /** Where Slack sends everything. */
  path: string
  /** Further paths, for GET and HEAD; each answers 200 or 503 as its promise says. */
  checks: Readonly<Record<string, () => Promise<boolean>>>
}

/**
 * Bolt's way in over HTTP, with the same rules as its own receiver: nothing unsigned or older than five minutes passes,
 * except `ssl_check`, which does nothing. Bolt's own reads a form's fields twice and by the slow way, which was a fifth of
 * a submission's time: a form comes back as ten kilobytes of escapes.
 */
export class SignedHttpReceiver implements Receiver {
  #app: App | undefined
  #server: Server | undefined

  constructor(private readonly options: HttpReceiverOptions) {}

  init(app: App): void {
    this.#app = app
  }

  /** Resolves with the server once it listens; throws what the system says when the port is taken. */
  start(port: number): Promise<Server> {
    const server = createServer((request, response) => {
      this.#take(request, response).catch((error: unknown) => {
        this.options.logger.error('request failed', error instanceof Error ? error : String(error))
        if (!response.headersSent) empty(response, 500)
      })
    })
    this.#server = server
    return new Promise((resolve, reject) => {
      server.once('error', reject)
      server.listen(port, () => resolve(server))
    })
  }

  /** Takes no new connection; resolves when those there are have ended. */
  stop(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    return new Promise((resolve, reject) => {
      if (!server) return resolve()
      server.close((error) => (error ? reject(error) : resolve()))
    })
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url?.split('?', 1)[0] ?? ''
    if (path !== this.options.path || request.method !== 'POST') return this.#check(path, request, response)
    const bytes = await bytesOf(request)
    if (!bytes) return empty(response, 413)
    const text = bytes.toString()
    const form = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false
    if (!isSigned(request, text, this.options.signingSecret)) {
      // Slack looks at the certificate now and then with an unsigned request, which is answered and not read further.
      if (form && fieldsOf(text).ssl_check === '1') return empty(response, 200)
      this.options.logger.warn('a request was not signed as Slack signs, or too old')
      return empty(response, 401)
    }
    const body = bodyOf(text, form)
    if (!body) return empty(response, 400)
    if (body.ssl_check === '1') return empty(response, 200)
    if (body.type === 'url_verification') return json(response, { challenge: body.challenge })
    const retryNum = request.headers['x-slack-retry-num']
    await this.#app?.processEvent({
      body,
      ack: ackOf(response),
      retryNum: retryNum === undefined ? undefined : Number(retryNum),
      retryReason: request.headers['x-slack-retry-reason'] as string | undefined,
    })
    // What Bolt could make nothing of was acknowledged by nobody; Slack would send it again.
    if (!response.headersSent) empty(response, 200)
  }

  async #check(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { checks } = this.options
    const check = Object.hasOwn(checks, path) ? checks[path] : undefined
    if (!check || (request.method !== 'GET' && request.method !== 'HEAD')) return empty(response, 404)
    const ok = await check().catch(() => false)
    json(response, { ok }, ok ? 200 : 503)
  }
}

/** Bolt's own check of Slack's signature and of its age, five minutes at most. */
const isSigned = ({ headers }: IncomingMessage, body: string, signingSecret: string): boolean =>
  isValidSlackRequest({
    signingSecret,
    body,
    headers: {
      'x-slack-signature': String(headers['x-slack-signature']),
      'x-slack-request-timestamp': Number(headers['x-slack-request-timestamp']),
    },
  })

/** The whole body; undefined when it is too large, of which the rest is not read. Throws when the sender goes away. */
async function bytesOf(request: IncomingMessage): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let size = 0
    request.on('data', (part: Buffer) => {
      size += part.length
      if (size <= MAX_BYTES) parts.push(part)
      else resolve(undefined)
    })
    request.on('end', () => resolve(parts.length === 1 ? parts[0] : Buffer.concat(parts)))
    request.on('error', reject)
  })
}

type Body = Record<string, unknown>

/** What a body says; undefined when it cannot be read. */
function bodyOf(text: string, form: boolean): Body | undefined {
  try {
    if (!form) return object(JSON.parse(text))
    // Interactions have one field alone, and decoding it at once is several times faster than looking for more.
    if (text.startsWith('payload=') && !text.includes('&'))
      return object(JSON.parse(decodeURIComponent(text.slice('payload='.length).replaceAll('+', ' '))))
    const fields = fieldsOf(text)
    return typeof fields.payload === 'string' ? object(JSON.parse(fields.payload)) : fields
  } catch {
    return undefined
  }
}

const fieldsOf = (text: string): Body => Object.fromEntries(new URLSearchParams(text))

const object = (value: unknown): Body | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Body) : undefined

/** Answers once; what is handed in becomes the answer's body. */
function ackOf(response: ServerResponse) {
  return async (answer?: unknown): Promise<void> => {
    if (response.headersSent) throw new ReceiverMultipleAckError()
    if (answer === undefined || answer === '') empty(response, 200)
    else if (typeof answer === 'string')
      response.writeHead(200, { 'content-length': Buffer.byteLength(answer) }).end(answer)
    else json(response, answer)
  }
}

function json(response: ServerResponse, value: unknown, status = 200): void {
  // As bytes: a socket takes a long text with Vietnamese in it several times slower.
  const bytes = Buffer.from(JSON.stringify(value))
  const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': bytes.length }
  response.writeHead(status, headers).end(bytes)
}

function empty(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-length': 0 }).end()
}
