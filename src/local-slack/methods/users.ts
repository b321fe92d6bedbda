/** auth.test and users.*: https://docs.slack.dev/reference/methods?query=users */

import type { SeedUser, World } from '../state/workspace.js'
import type { Obj } from '../validate/check.js'
import { type Method, missing, no, yes } from './method.js'

export function userAsSlack(world: World, user: SeedUser): Obj {
  const name = (user.email ?? user.id).split('@')[0]?.toLowerCase()
  return {
    id: user.id,
    team_id: world.teamId,
    name,
    deleted: user.deleted ?? false,
    real_name: user.real_name,
    tz: user.tz ?? 'Asia/Ho_Chi_Minh',
    tz_offset: 25_200,
    is_bot: user.is_bot ?? false,
    is_app_user: false,
    is_restricted: false,
    is_ultra_restricted: false,
    profile: {
      real_name: user.real_name,
      display_name: '',
      team: world.teamId,
      ...(user.email ? { email: user.email } : {}),
    },
  }
}

const botUser = (world: World): SeedUser => ({ id: world.botUserId, real_name: world.botName, is_bot: true })
const everyone = (world: World) => [...world.users.values(), botUser(world)]

const authTest: Method = (world) =>
  yes({
    url: `https://${world.teamName}.slack.com/`,
    team: world.teamName,
    user: world.botName,
    team_id: world.teamId,
    user_id: world.botUserId,
    bot_id: world.botId,
    is_enterprise_install: false,
  })

const info: Method = (world, { user }) => {
  if (typeof user !== 'string' || user === '') return missing('user')
  const found = everyone(world).find((one) => one.id === user)
  return found ? yes({ user: userAsSlack(world, found) }) : no('user_not_found')
}

const lookupByEmail: Method = (world, { email }) => {
  if (typeof email !== 'string' || email === '') return missing('email')
  const found = [...world.users.values()].find((one) => one.email?.toLowerCase() === email.toLowerCase())
  return found && !found.deleted ? yes({ user: userAsSlack(world, found) }) : no('users_not_found')
}

const listUsers: Method = (world, { limit, cursor }) => {
  const start = Number(cursor || 0)
  const end = start + (Number(limit) || 1000)
  const members = everyone(world)
  return yes({
    members: members.slice(start, end).map((one) => userAsSlack(world, one)),
    cache_ts: Math.floor(world.now().getTime() / 1000),
    response_metadata: { next_cursor: end < members.length ? String(end) : '' },
  })
}

export const users: Record<string, Method> = {
  'auth.test': authTest,
  'users.info': info,
  'users.lookupByEmail': lookupByEmail,
  'users.list': listUsers,
}
