import type { SendFailureReason } from '../../core/outbox/send-failure.js'

/** The first pattern that matches decides. Error codes are those of docs.slack.dev, chat.postMessage and auth.test. */
const patterns: readonly [pattern: RegExp, reason: SendFailureReason][] = [
  [/^no account/, 'no_account'],
  [/account_inactive|user_disabled/, 'account_closed'],
  [/ratelimited/, 'rate_limited'],
  [/missing_scope/, 'missing_permission'],
  [/not_authed|invalid_auth|token_|not installed/, 'bad_credentials'],
  [/^payload /, 'unreadable_payload'],
  [/^history: /, 'arrival_unknown'],
  [/^http 5|internal_error|fatal_error|service_unavailable|no answer of Slack/, 'chat_fault'],
  [/timeout|fetch failed|ECONN|ENOTFOUND|EAI_AGAIN|socket|terminated|request_timeout/i, 'no_connection'],
]

/**
 * The reason by an error message of Slack or of its client library. Rows of version 0.1.0 hold only such messages, also
 * for failures that did not come from Slack.
 */
export const slackFailureReason = (words: string): SendFailureReason =>
  patterns.find(([pattern]) => pattern.test(words))?.[1] ?? 'refused'
