import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  type WebClient,
} from '@slack/web-api'
import { type Place, SendError, type Sender } from '../commands/sender.js'
import { slackError } from './directory.js'
import { message } from './render.js'

const EVENT_TYPE = 'thidua_notice'

/** Errors after which the person gets nothing until something about them changes (docs.slack.dev, chat.postMessage). */
const unreachable = new Set([
  'channel_not_found',
  'user_not_found',
  'users_not_found',
  'user_disabled',
  'cannot_dm_bot',
  'is_archived',
  'not_in_channel',
  'messages_tab_disabled',
])
const gone = new Set(['message_not_found', 'cant_update_message', 'edit_window_closed', 'is_inactive'])
/** Faults of the installation or of Slack that pass or are mended; what waits is kept. */
const passing = new Set([
  'invalid_auth',
  'not_authed',
  'token_revoked',
  'token_expired',
  'missing_scope',
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
])

/** Sends through `chat.postMessage` and `chat.update` (scope chat:write). */
export const slackSender = (client: WebClient): Sender => ({
  async post(accountId, card, key): Promise<Place> {
    const sent = await call(client, () =>
      client.chat.postMessage({
        channel: accountId,
        ...message(card),
        unfurl_links: false,
        unfurl_media: false,
        metadata: { event_type: EVENT_TYPE, event_payload: { key } },
      }),
    )
    return { channel: sent.channel as string, ts: sent.ts as string }
  },
  async update(at, card) {
    await call(client, () => client.chat.update({ ...at, ...message(card) }))
  },
  async find(accountId, key, since) {
    const opened = await call(client, () => client.conversations.open({ users: accountId }))
    const channel = opened.channel?.id
    if (!channel) return undefined
    const history = await call(client, () =>
      client.conversations.history({
        channel,
        oldest: String(Math.floor(since.getTime() / 1000)),
        include_all_metadata: true,
        limit: 200,
      }),
    )
    const found = history.messages?.find(
      (m) => (m.metadata?.event_payload as { key?: unknown } | undefined)?.key === key,
    )
    return found?.ts ? { channel, ts: found.ts } : undefined
  },
})

/** A call whose faults come out as SendErrors. */
export async function call<T>(client: WebClient, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (slackError(error) === 'account_inactive') throw await inactive(client)
    throw sendError(error)
  }
}

/** The same word means that the person's account is closed, or the bot's own: the bot can be asked. */
async function inactive(client: WebClient): Promise<SendError> {
  const alive = await client.auth.test().then(
    () => true,
    () => false,
  )
  return alive
    ? new SendError('unreachable', 'account_inactive')
    : new SendError('later', 'the bot is not installed', 60_000)
}

function sendError(error: unknown): SendError {
  if (error instanceof WebAPIRateLimitedError)
    return new SendError('later', 'ratelimited', Math.max(1, error.retryAfter) * 1000)
  if (error instanceof WebAPIPlatformError) {
    const code = error.data.error
    // What stands between may answer with a page of its own, which the library takes for Slack's word.
    if (!/^[a-z0-9_]+$/.test(code)) return new SendError('uncertain', 'no answer of Slack')
    if (code === 'ratelimited') return new SendError('later', code, 1000)
    if (unreachable.has(code)) return new SendError('unreachable', code)
    if (code === 'hash_conflict') return new SendError('conflict', code)
    if (gone.has(code)) return new SendError('gone', code)
    if (passing.has(code)) return new SendError('later', code, 30_000)
    return new SendError('refused', `${code} ${error.data.response_metadata?.messages?.join('; ') ?? ''}`.trim())
  }
  if (error instanceof WebAPIHTTPError) return new SendError('uncertain', `http ${error.statusCode}`)
  if (error instanceof WebAPIRequestError) return new SendError('uncertain', error.original.message)
  return new SendError('uncertain', error instanceof Error ? error.message : String(error))
}
