import type { ServerResponse } from 'node:http'
import { HTTPReceiver, SocketModeReceiver } from '@slack/bolt'
import type { Logger } from '@slack/web-api'

export interface HttpOptions {
  signingSecret: string
  logger: Logger
  /** Whether the bot can do its work: the store answers. */
  isReady: () => Promise<boolean>
}

/** Signed HTTP requests on `/slack/events`; `/healthz` says that the process lives, `/readyz` that it can work. */
export function httpReceiver({ signingSecret, logger, isReady }: HttpOptions): HTTPReceiver {
  const route = (path: string, ok: () => Promise<boolean>) => ({
    path,
    method: ['GET', 'HEAD'],
    handler: async (_req: unknown, res: ServerResponse) => {
      const good = await ok().catch(() => false)
      res.writeHead(good ? 200 : 503, { 'Content-Type': 'application/json' })
      res.end(JSON.stringify({ ok: good }))
    },
  })
  return new HTTPReceiver({
    signingSecret,
    logger,
    customRoutes: [route('/healthz', async () => true), route('/readyz', isReady)],
  })
}

export interface SocketOptions {
  appToken: string
  apiUrl?: string
  logger: Logger
}

/**
 * Socket Mode with client options of its own: the library writes its retry policy into the ones it is given. It is told to
 * try for ever, since after its last try it never connects again.
 */
export const socketReceiver = ({ appToken, apiUrl, logger }: SocketOptions): SocketModeReceiver =>
  new SocketModeReceiver({
    appToken,
    logger,
    clientPingTimeout: 15_000,
    installerOptions: {
      clientOptions: {
        retryConfig: { retries: 1_000_000, maxTimeout: 30_000 },
        ...(apiUrl ? { slackApiUrl: apiUrl } : {}),
      },
    },
  })
