import { type Logger, WebClient } from '@slack/web-api'

export interface ApiOptions {
  token: string
  /** Base URL of Slack's Web API, for tests; default: Slack's own. */
  apiUrl?: string
  logger: Logger
  /** How long a call may take, where the default of its client does not fit. */
  callMs?: number
}

const shared = ({ apiUrl, logger }: ApiOptions) => ({ logger, ...(apiUrl ? { slackApiUrl: apiUrl } : {}) })

/** The scopes that the outbox needs: to look people up, to write to them, and to search for messages that may have arrived. */
const SCOPES = ['chat:write', 'im:write', 'im:history', 'users:read', 'users:read.email']

/** The required scopes that are not among the granted ones; none when Slack did not report the granted ones. */
export const missingScopes = (granted: readonly string[] | undefined): string[] =>
  granted ? SCOPES.filter((scope) => !granted.includes(scope)) : []

/** For calls that a person waits for: short timeouts, since a trigger_id is valid for three seconds. */
export const interactiveClient = (o: ApiOptions): WebClient =>
  new WebClient(o.token, {
    ...shared(o),
    timeout: o.callMs ?? 2500,
    retryConfig: { retries: 1, minTimeout: 100, maxTimeout: 300 },
    rejectRateLimitedCalls: true,
  })

/** For the outbox, which schedules its own retries: one attempt a call, rate limits thrown at once. */
export const outboxClient = (o: ApiOptions): WebClient =>
  new WebClient(o.token, {
    ...shared(o),
    timeout: o.callMs ?? 10_000,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  })

/** For the start of the bot, when nobody waits for an answer: retries temporary failures. */
export const startupClient = (o: ApiOptions): WebClient =>
  new WebClient(o.token, { ...shared(o), timeout: o.callMs ?? 10_000, retryConfig: { retries: 5, maxTimeout: 5000 } })
