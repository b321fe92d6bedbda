import { type App, type Receiver, ReceiverMultipleAckError } from '@slack/bolt'
import type { Logger } from '@slack/web-api'
import { processWithDeferredAck } from '../inbound/deferred-ack.js'
import { MalformedPayload } from '../inbound/payload.js'
import {
  createHttpServer,
  type HttpAnswer,
  type HttpLimits,
  type HttpServer,
  type RequestHandler,
  type VerifiedRequest,
} from './server.js'
import { createHttpWorker } from './worker-client.js'

export interface HttpReceiverOptions {
  signingSecret: string
  logger: Logger
  /** The path of all of Slack's requests. */
  path: string
  /** Health checks by path, for GET and HEAD; each answers 200 or 503. */
  checks: Readonly<Record<string, () => Promise<boolean>>>
  /** The address that it listens on. */
  host: string
  limits?: Partial<HttpLimits>
  /** The built file of the HTTP worker thread; without one the server runs in this thread. */
  workerFile?: string
}

/**
 * A receiver for Bolt with an HTTP server of our own: Bolt's receiver decodes a form's fields twice and slowly, on the main
 * thread.
 */
export class SignedHttpReceiver implements Receiver {
  #app: App | undefined
  #server: HttpServer | undefined

  constructor(private readonly options: HttpReceiverOptions) {}

  init(app: App): void {
    this.#app = app
  }

  /** Resolves with the port once it listens; rejects with the system's error when the port is in use. */
  async start(port: number): Promise<{ port: number }> {
    const { signingSecret, path, checks, host, limits, workerFile, logger } = this.options
    const options = { signingSecret, path, checks: Object.keys(checks), host, limits }
    const handler: RequestHandler = {
      handle: (request) => this.#handle(request),
      check: (requested) => checks[requested]?.().catch(() => false) ?? Promise.resolve(false),
      warn: (what) => logger.warn(what),
    }
    this.#server = workerFile ? createHttpWorker(workerFile, options, handler) : createHttpServer(options, handler)
    return { port: await this.#server.listen(port) }
  }

  /** Accepts no new connection; resolves when the open ones have ended. */
  async stop(): Promise<void> {
    const server = this.#server
    this.#server = undefined
    await server?.close()
  }

  /** Resolves with the acknowledgement; the work may continue after it. */
  #handle({ json, retryNum, retryReason }: VerifiedRequest): Promise<HttpAnswer> {
    const body = objectOf(json)
    if (!body) return Promise.resolve({ status: 400 })
    if (body.ssl_check === '1') return Promise.resolve({ status: 200 })
    if (body.type === 'url_verification') {
      const { challenge } = body
      if (typeof challenge !== 'string') return Promise.resolve({ status: 400 })
      return Promise.resolve({ status: 200, json: JSON.stringify({ challenge }) })
    }
    return new Promise((resolve) => {
      let acknowledged = false
      const ack = async (answer?: unknown): Promise<void> => {
        if (acknowledged) throw new ReceiverMultipleAckError()
        acknowledged = true
        resolve(answerOf(answer))
      }
      const work = this.#app
        ? processWithDeferredAck(this.#app, { body, ack, retryNum, retryReason })
        : Promise.resolve()
      work.then(
        () => resolve({ status: 200 }),
        (error: unknown) => {
          if (error instanceof MalformedPayload) {
            this.options.logger.warn(error.message)
            return resolve({ status: 400 })
          }
          this.options.logger.error('request failed', error instanceof Error ? error : String(error))
          resolve({ status: 500 })
        },
      )
    })
  }
}

/** The answer whose body was passed to `ack`. */
function answerOf(answer: unknown): HttpAnswer {
  if (answer === undefined || answer === '') return { status: 200 }
  return typeof answer === 'string' ? { status: 200, text: answer } : { status: 200, json: JSON.stringify(answer) }
}

function objectOf(json: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as never) : undefined
  } catch {
    return undefined
  }
}
