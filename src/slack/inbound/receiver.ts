import { type App, type ReceiverEvent, SocketModeReceiver } from '@slack/bolt'
import type { Logger } from '@slack/web-api'
import { SignedHttpReceiver } from '../http/receiver.js'
import { handOn } from './deferred-ack.js'

export interface HttpOptions {
  signingSecret: string
  logger: Logger
  /** Whether the bot can do its work: the store answers. */
  isReady: () => Promise<boolean>
  /** The built file of the HTTP worker thread. */
  workerFile?: string
}

/** Signed HTTP requests on `/slack/events`; `/healthz` says that the process lives, `/readyz` that it can work. */
export const httpReceiver = ({ signingSecret, logger, isReady, workerFile }: HttpOptions): SignedHttpReceiver =>
  new SignedHttpReceiver({
    signingSecret,
    logger,
    workerFile,
    path: '/slack/events',
    checks: { '/healthz': async () => true, '/readyz': isReady },
  })

export interface SocketOptions {
  appToken: string
  apiUrl?: string
  logger: Logger
}

/**
 * Bolt's, with our own way of handing on. Bolt's cuts the line at a stop, over which the answers to what is in hand are still
 * to go.
 */
class SocketReceiver extends SocketModeReceiver {
  readonly #inHand = new Set<Promise<void>>()
  #stopping = false

  override init(app: App): void {
    super.init({ processEvent: (event) => this.#take(app, event) } as Pick<App, 'processEvent'> as App)
  }

  override async stop(): Promise<void> {
    this.#stopping = true
    await Promise.allSettled(this.#inHand)
    await super.stop()
  }

  async #take(app: App, event: ReceiverEvent): Promise<void> {
    // Acknowledged by nobody, it is sent again, to whoever is there then.
    if (this.#stopping) return
    const work = handOn(app, event)
    this.#inHand.add(work)
    await work.finally(() => this.#inHand.delete(work))
  }
}

/**
 * Socket Mode with client options of its own: the library writes its retry policy into the ones it is given. It is told to
 * try for ever, since after its last try it never connects again.
 */
export const socketReceiver = ({ appToken, apiUrl, logger }: SocketOptions): SocketModeReceiver =>
  new SocketReceiver({
    appToken,
    logger,
    clientPingTimeout: 6000,
    installerOptions: {
      clientOptions: {
        retryConfig: { retries: 1_000_000, maxTimeout: 30_000 },
        ...(apiUrl ? { slackApiUrl: apiUrl } : {}),
      },
    },
  })
