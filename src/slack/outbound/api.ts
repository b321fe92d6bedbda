import { type Logger, WebClient } from '@slack/web-api'

export interface ApiOptions {
  token: string
  /** Another base of Slack's Web API, for tests; Slack's own when left out. */
  apiUrl?: string
  logger: Logger
  /** How long a call may take, where the default of its client does not fit. */
  callMs?: number
}

const shared = ({ apiUrl, logger }: ApiOptions) => ({ logger, ...(apiUrl ? { slackApiUrl: apiUrl } : {}) })

/** What the outbox cannot do without: to look people up, to write to them, and to look for what may have arrived. */
const SCOPES = ['chat:write', 'im:write', 'im:history', 'users:read', 'users:read.email']

/** The scopes that an installation lacks, going by what Slack says of a token with any of its answers; none where it says nothing. */
export const missingScopes = (granted: readonly string[] | undefined): string[] =>
  granted ? SCOPES.filter((scope) => !granted.includes(scope)) : []

/** For what a person waits for: little patience, since a trigger lives three seconds. */
export const impatientClient = (o: ApiOptions): WebClient =>
  new WebClient(o.token, {
    ...shared(o),
    timeout: o.callMs ?? 2500,
    retryConfig: { retries: 1, minTimeout: 100, maxTimeout: 300 },
    rejectRateLimitedCalls: true,
  })

/** For the outbox, which has its own schedule: one try a call, rate limits told at once. */
export const outboxClient = (o: ApiOptions): WebClient =>
  new WebClient(o.token, {
    ...shared(o),
    timeout: o.callMs ?? 10_000,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
  })

/** For the start, when nobody waits yet: rides out what passes. */
export const patientClient = (o: ApiOptions): WebClient =>
  new WebClient(o.token, { ...shared(o), timeout: o.callMs ?? 10_000, retryConfig: { retries: 5, maxTimeout: 5000 } })
