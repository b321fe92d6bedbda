import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  type WebClient,
} from '@slack/web-api'
import { SendError } from '../../commands/chat.js'
import { slackFailureReason } from './failure-reason.js'

/** Errors of the person's account: retries fail until it changes (docs.slack.dev, chat.postMessage). */
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

/** Faults of the installation, which an administrator can repair: messages wait. */
const repairable = new Set([
  'invalid_auth',
  'not_authed',
  'token_revoked',
  'token_expired',
  'missing_scope',
  'team_added_to_org',
])

/** "Some aspect of the operation may have succeeded before the error was raised" (docs.slack.dev, chat.postMessage). */
const maybeDone = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout'])

/** Makes a call. Throws SendError for every failure. */
export async function call<T>(client: WebClient, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (slackError(error) === 'account_inactive') throw await inactive(client)
    throw sendError(error)
  }
}

/**
 * `account_inactive` means that either the person's account or the bot's own is closed; a call as the bot shows which.
 */
async function inactive(client: WebClient): Promise<SendError> {
  const alive = await client.auth.test().then(
    () => true,
    () => false,
  )
  return alive ? failure('unreachable', 'account_inactive') : failure('later', 'the bot is not installed', 60_000)
}

/** A message whose call timed out may still arrive: it is not searched for earlier. */
const AFTER_SILENCE_MS = 15_000

/** A SendError whose reason is found by its error message. */
export const failure = (why: SendError['why'], words: string, retryAfterMs?: number): SendError =>
  new SendError(why, slackFailureReason(words), words, retryAfterMs)

function sendError(error: unknown): SendError {
  if (error instanceof WebAPIRateLimitedError)
    return failure('later', 'ratelimited', Math.max(1, error.retryAfter) * 1000)
  if (error instanceof WebAPIPlatformError) {
    const code = error.data.error
    // A proxy may answer with a page of its own, which the library takes for an error code of Slack.
    if (!/^[a-z0-9_]+$/.test(code)) return failure('uncertain', 'no answer of Slack')
    if (code === 'ratelimited') return failure('later', code, 1000)
    if (unreachable.has(code)) return failure('unreachable', code)
    if (code === 'hash_conflict') return failure('conflict', code)
    if (gone.has(code)) return failure('gone', code)
    if (maybeDone.has(code)) return failure('uncertain', code)
    if (repairable.has(code)) return failure('later', code, 30_000)
    return failure('refused', `${code} ${error.data.response_metadata?.messages?.join('; ') ?? ''}`.trim())
  }
  if (error instanceof WebAPIHTTPError) return failure('uncertain', `http ${error.statusCode}`)
  if (error instanceof WebAPIRequestError) {
    const { name, message } = error.original
    return failure('uncertain', message, name === 'TimeoutError' ? AFTER_SILENCE_MS : 0)
  }
  return failure('uncertain', error instanceof Error ? error.message : String(error))
}

/** The error code of Slack's answer, if there was an answer. */
export function slackError(error: unknown): string | undefined {
  const data = (error as { data?: { error?: unknown } } | null)?.data
  return typeof data?.error === 'string' ? data.error : undefined
}
