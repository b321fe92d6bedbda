import { WebAPIRateLimitedError, type WebClient } from '@slack/web-api'
import { SendError } from '../../commands/chat.js'
import type { Directory } from '../../commands/request.js'
import type { Profile } from '../../core/people/account.js'
import { call } from './errors.js'

const LONGEST_PAUSE_S = 2

interface User {
  id?: string
  name?: string
  real_name?: string
  deleted?: boolean
  is_bot?: boolean
  profile?: { real_name?: string; email?: string }
}

const profile = (u: User): Profile => ({
  externalId: u.id ?? '',
  name: u.profile?.real_name || u.real_name || u.name || u.id || '',
  email: u.profile?.email ?? null,
})

/** Accounts of Slack: `users.info` and `users.lookupByEmail` (scopes users:read, users:read.email). */
export const slackDirectory = (client: WebClient): Directory => ({
  platform: 'slack',
  async profile(accountId) {
    const { user } = await withOneRetry(() => client.users.info({ user: accountId }))
    return user ? profile(user) : undefined
  },
  async byEmail(email) {
    try {
      const { user } = await call(client, () => client.users.lookupByEmail({ email }))
      return user && !user.deleted ? profile(user) : undefined
    } catch (error) {
      if (error instanceof SendError && error.why === 'unreachable') return undefined
      throw error
    }
  },
})

/** Retries once after a rate limit, if it is short: a person waits for the answer. */
async function withOneRetry<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    if (!(error instanceof WebAPIRateLimitedError) || error.retryAfter > LONGEST_PAUSE_S) throw error
    await new Promise((done) => setTimeout(done, error.retryAfter * 1000))
    return call()
  }
}
