import { WebAPIRateLimitedError, type WebClient } from '@slack/web-api'
import { SendError } from '../../commands/chat.js'
import type { Directory } from '../../commands/request.js'
import type { Profile, Standing } from '../../core/people/account.js'
import { call, slackError } from './errors.js'

const LONGEST_PAUSE_S = 2

/** The parts of a user object that are read (docs.slack.dev, user object). */
interface User {
  id?: string
  team_id?: string
  name?: string
  real_name?: string
  deleted?: boolean
  is_bot?: boolean
  is_stranger?: boolean
  is_restricted?: boolean
  is_ultra_restricted?: boolean
  /** On Enterprise Grid: the workspaces that the user belongs to. */
  enterprise_user?: { teams?: string[] }
  profile?: { real_name?: string; email?: string }
}

/** Slackbot is not marked as a bot. */
const SLACKBOT = 'USLACKBOT'

function standing(u: User, teamId: string): Standing {
  if (u.deleted) return 'closed'
  if (u.is_bot || u.id === SLACKBOT) return 'bot'
  const teams = u.enterprise_user?.teams ?? [u.team_id]
  if (u.is_stranger || !teams.includes(teamId)) return 'elsewhere'
  return u.is_restricted || u.is_ultra_restricted ? 'guest' : 'member'
}

const profile = (u: User, teamId: string): Profile => ({
  externalId: u.id ?? '',
  name: u.profile?.real_name || u.real_name || u.name || u.id || '',
  email: u.profile?.email ?? null,
  standing: standing(u, teamId),
})

/**
 * Accounts of Slack as a workspace sees them: `users.info` and `users.lookupByEmail` (scopes users:read, users:read.email).
 */
export const slackDirectory = (client: WebClient, teamId: string): Directory => ({
  platform: 'slack',
  async profile(accountId) {
    try {
      const { user } = await withOneRetry(() => client.users.info({ user: accountId }))
      return user ? profile(user as User, teamId) : undefined
    } catch (error) {
      if (slackError(error) === 'user_not_found') return undefined
      throw error
    }
  },
  async byEmail(email) {
    try {
      const { user } = await call(client, () => client.users.lookupByEmail({ email }))
      return user && !user.deleted ? profile(user as User, teamId) : undefined
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
