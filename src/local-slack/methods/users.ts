/** auth.test and users.*: https://docs.slack.dev/reference/methods?query=users */

import type { JsonObject } from '../json.js'
import type { SeedUser, Workspace } from '../state/workspace.js'
import { failure, type Method, missingArgument, ok } from './method.js'

function userAsSlack(workspace: Workspace, user: SeedUser): JsonObject {
  const name = (user.email ?? user.id).split('@')[0]?.toLowerCase()
  return {
    id: user.id,
    team_id: user.team_id ?? workspace.teamId,
    name,
    deleted: user.deleted ?? false,
    real_name: user.real_name,
    tz: user.tz ?? 'Asia/Ho_Chi_Minh',
    tz_offset: 25_200,
    is_bot: user.is_bot ?? false,
    is_app_user: false,
    is_restricted: user.is_restricted ?? user.is_ultra_restricted ?? false,
    is_ultra_restricted: user.is_ultra_restricted ?? false,
    ...(user.is_stranger === undefined ? {} : { is_stranger: user.is_stranger }),
    ...(user.enterprise_user === undefined ? {} : { enterprise_user: user.enterprise_user }),
    profile: {
      real_name: user.real_name,
      display_name: '',
      team: user.team_id ?? workspace.teamId,
      ...(user.email ? { email: user.email } : {}),
    },
  }
}

const botUser = (workspace: Workspace): SeedUser => ({
  id: workspace.botUserId,
  real_name: workspace.botName,
  is_bot: true,
})

const everyone = (workspace: Workspace) => [...workspace.users.values(), botUser(workspace)]

const authTest: Method = (workspace) =>
  ok({
    url: `https://${workspace.teamName}.slack.com/`,
    team: workspace.teamName,
    user: workspace.botName,
    team_id: workspace.teamId,
    user_id: workspace.botUserId,
    bot_id: workspace.botId,
    is_enterprise_install: false,
  })

const info: Method = (workspace, { user }) => {
  if (typeof user !== 'string' || user === '') return missingArgument('user')
  const found = everyone(workspace).find((one) => one.id === user)
  return found ? ok({ user: userAsSlack(workspace, found) }) : failure('user_not_found')
}

const lookupByEmail: Method = (workspace, { email }) => {
  if (typeof email !== 'string' || email === '') return missingArgument('email')
  const found = [...workspace.users.values()].find((one) => one.email?.toLowerCase() === email.toLowerCase())
  return found && !found.deleted ? ok({ user: userAsSlack(workspace, found) }) : failure('users_not_found')
}

const listUsers: Method = (workspace, { limit, cursor }) => {
  const start = Number(cursor || 0)
  const end = start + (Number(limit) || 1000)
  const members = everyone(workspace)
  return ok({
    members: members.slice(start, end).map((one) => userAsSlack(workspace, one)),
    cache_ts: Math.floor(workspace.now().getTime() / 1000),
    response_metadata: { next_cursor: end < members.length ? String(end) : '' },
  })
}

export const users: Record<string, Method> = {
  'auth.test': authTest,
  'users.info': info,
  'users.lookupByEmail': lookupByEmail,
  'users.list': listUsers,
}
