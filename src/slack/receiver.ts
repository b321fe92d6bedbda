import { type App, SocketModeReceiver } from '@slack/bolt'
import type { Logger } from '@slack/web-api'
import { handOn } from './hand-on.js'
import { SignedHttpReceiver } from './http-receiver.js'

export interface HttpOptions {
  signingSecret: string
  logger: Logger
  /** Whether the bot can do its work: the store answers. */
  isReady: () => Promise<boolean>
  /** The built file of the thread at the door. */
  thread?: string
}

/** Signed HTTP requests on `/slack/events`; `/healthz` says that the process lives, `/readyz` that it can work. */
export const httpReceiver = ({ signingSecret, logger, isReady, thread }: HttpOptions): SignedHttpReceiver =>
  new SignedHttpReceiver({
    signingSecret,
    logger,
    thread,
    path: '/slack/events',
    checks: { '/healthz': async () => true, '/readyz': isReady },
  })

export interface SocketOptions {
  appToken: string
  apiUrl?: string
  logger: Logger
}

/** Bolt's, with our own way of handing on. */
class SocketReceiver extends SocketModeReceiver {
  override init(app: App): void {
    super.init({ processEvent: (event) => handOn(app, event) } as Pick<App, 'processEvent'> as App)
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
