import { type App, type Receiver, ReceiverMultipleAckError } from '@slack/bolt'
import type { Logger } from '@slack/web-api'
import { handOn } from '../inbound/deferred-ack.js'
import { type Answer, type Behind, type Door, type Incoming, openDoor } from './server.js'
import { openThreadDoor } from './worker-client.js'

export interface HttpReceiverOptions {
  signingSecret: string
  logger: Logger
  /** Where Slack sends everything. */
  path: string
  /** Further paths, for GET and HEAD; each answers 200 or 503 as its promise says. */
  checks: Readonly<Record<string, () => Promise<boolean>>>
  /** The built file of the thread at the door; without one the door is in this thread. */
  thread?: string
}

/**
 * Bolt's way in over HTTP, behind a door of our own: Bolt's receiver reads a form's fields twice and by the slow way, on
 * the thread that decides.
 */
export class SignedHttpReceiver implements Receiver {
  #app: App | undefined
  #door: Door | undefined

  constructor(private readonly options: HttpReceiverOptions) {}

  init(app: App): void {
    this.#app = app
  }

  /** Resolves with the port once it listens; throws what the system says when the port is taken. */
  async start(port: number): Promise<{ port: number }> {
    const { signingSecret, path, checks, thread, logger } = this.options
    const options = { signingSecret, path, checks: Object.keys(checks) }
    const behind: Behind = {
      take: (incoming) => this.#take(incoming),
      check: (asked) => checks[asked]?.().catch(() => false) ?? Promise.resolve(false),
      warn: (what) => logger.warn(what),
    }
    this.#door = thread ? openThreadDoor(thread, options, behind) : openDoor(options, behind)
    return { port: await this.#door.listen(port) }
  }

  /** Takes no new connection; resolves when those there are have ended. */
  async stop(): Promise<void> {
    const door = this.#door
    this.#door = undefined
    await door?.close()
  }

  /** Resolves at the acknowledgement; work may go on after it. */
  #take({ json, retryNum, retryReason }: Incoming): Promise<Answer> {
    const body = objectOf(json)
    if (!body) return Promise.resolve({ status: 400 })
    if (body.ssl_check === '1') return Promise.resolve({ status: 200 })
    if (body.type === 'url_verification')
      return Promise.resolve({ status: 200, json: JSON.stringify({ challenge: body.challenge }) })
    return new Promise((resolve) => {
      let acknowledged = false
      const ack = async (answer?: unknown): Promise<void> => {
        if (acknowledged) throw new ReceiverMultipleAckError()
        acknowledged = true
        resolve(answerOf(answer))
      }
      const work = this.#app ? handOn(this.#app, { body, ack, retryNum, retryReason }) : Promise.resolve()
      work.then(
        () => resolve({ status: 200 }),
        (error: unknown) => {
          this.options.logger.error('request failed', error instanceof Error ? error : String(error))
          resolve({ status: 500 })
        },
      )
    })
  }
}

/** What is handed to `ack` becomes the answer's body. */
function answerOf(answer: unknown): Answer {
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
