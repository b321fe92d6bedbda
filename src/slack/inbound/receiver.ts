import { type App, type ReceiverEvent, SocketModeReceiver, type SocketModeReceiverOptions } from '@slack/bolt'
import type { Logger } from '@slack/web-api'
import { SignedHttpReceiver } from '../http/receiver.js'
import { processWithDeferredAck } from './deferred-ack.js'
import { MalformedPayload } from './payload.js'

export interface HttpOptions {
  signingSecret: string
  logger: Logger
  /** The address that it listens on; this machine alone when there is none. */
  host?: string
  /** Whether the bot can work: its store can be read. */
  isReady: () => Promise<boolean>
  /** The built file of the HTTP worker thread. */
  workerFile?: string
}

/** Signed HTTP requests on `/slack/events`; `/healthz` tells whether the process runs, `/readyz` whether it can work. */
export const httpReceiver = ({
  signingSecret,
  logger,
  host = LOCAL,
  isReady,
  workerFile,
}: HttpOptions): SignedHttpReceiver =>
  new SignedHttpReceiver({
    signingSecret,
    logger,
    host,
    workerFile,
    path: '/slack/events',
    checks: { '/healthz': async () => true, '/readyz': isReady },
  })

const LOCAL = '127.0.0.1'

export interface SocketOptions {
  appToken: string
  apiUrl?: string
  logger: Logger
}

/**
 * Bolt's receiver with deferred acknowledgements. At a stop it waits for the requests in flight, whose answers need the
 * connection that Bolt's would close at once.
 */
class SocketReceiver extends SocketModeReceiver {
  constructor(
    options: SocketModeReceiverOptions,
    private readonly warn: (what: string) => void,
  ) {
    super(options)
  }

  readonly #inFlight = new Set<Promise<void>>()
  #stopping = false

  override init(app: App): void {
    super.init({ processEvent: (event) => this.#handle(app, event) } as Pick<App, 'processEvent'> as App)
  }

  override async stop(): Promise<void> {
    this.#stopping = true
    await Promise.allSettled(this.#inFlight)
    await super.stop()
  }

  async #handle(app: App, event: ReceiverEvent): Promise<void> {
    // Slack sends a request that is not acknowledged again, to the next process.
    if (this.#stopping) return
    const work = processWithDeferredAck(app, event).catch(async (error: unknown) => {
      if (!(error instanceof MalformedPayload)) throw error
      this.warn(error.message)
      await event.ack()
    })
    this.#inFlight.add(work)
    await work.finally(() => this.#inFlight.delete(work))
  }
}

/**
 * A Socket Mode receiver. It has client options of its own, because the library writes its retry policy into them, and retries
 * practically forever, because the library never connects again after its last retry.
 */
export const socketReceiver = ({ appToken, apiUrl, logger }: SocketOptions): SocketModeReceiver =>
  new SocketReceiver(
    {
      appToken,
      logger,
      clientPingTimeout: 6000,
      installerOptions: {
        clientOptions: {
          retryConfig: { retries: 1_000_000, maxTimeout: 30_000 },
          ...(apiUrl ? { slackApiUrl: apiUrl } : {}),
        },
      },
    },
    (what) => logger.warn(what),
  )
