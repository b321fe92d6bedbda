/** conversations.*: https://docs.slack.dev/reference/methods?query=conversations */
import { dmOf, personOfDm, resolveChannel } from '../state/channels.js'
import { messageAsSlack } from '../state/messages.js'
import { failure, type Method, missingArgument, ok } from './method.js'

const open: Method = (workspace, { users, channel, return_im }) => {
  if (typeof channel === 'string') {
    const found = resolveChannel(workspace, channel)
    return 'error' in found
      ? failure(found.error)
      : ok({ no_op: true, already_open: true, channel: { id: found.channel } })
  }
  if (typeof users !== 'string' || users === '') return missingArgument('users')
  const ids = users.split(',').map((one) => one.trim())
  if (ids.length > 1) return failure('method_not_supported_for_channel_type')
  const user = workspace.users.get(ids[0] as string)
  if (!user) return failure(ids[0] === workspace.botUserId ? 'cannot_dm_bot' : 'user_not_found')
  if (user.is_bot) return failure('cannot_dm_bot')
  if (user.deleted) return failure('user_disabled')
  const id = dmOf(user.id)
  const more = return_im === true || return_im === 'true' ? { is_im: true, user: user.id } : {}
  return ok({ channel: { id, ...more } })
}

const info: Method = (workspace, { channel }) => {
  if (typeof channel !== 'string' || channel === '') return missingArgument('channel')
  const person = personOfDm(workspace, channel)
  if (person) return ok({ channel: { id: channel, is_im: true, is_channel: false, user: person.id } })
  const found = workspace.channels.get(channel)
  if (!found) return failure('channel_not_found')
  const { id, name, bot } = found
  return ok({ channel: { id, name, is_channel: true, is_im: false, is_private: false, is_member: bot !== false } })
}

const history: Method = (workspace, { channel, latest, oldest, inclusive, limit, cursor, include_all_metadata }) => {
  const found = resolveChannel(workspace, channel)
  if ('error' in found) return failure(found.error)
  const isInclusive = inclusive === true || inclusive === 'true' || inclusive === '1'
  const within = workspace.messages.filter(({ channel: where, ts, onlyFor }) => {
    if (where !== found.channel || onlyFor) return false
    if (latest && (isInclusive ? ts > String(latest) : ts >= String(latest))) return false
    return !(oldest && (isInclusive ? ts < String(oldest) : ts <= String(oldest)))
  })
  const newestFirst = [...within].reverse()
  const max = Math.min(Number(limit) || 100, 999)
  // Slack's cursors encode where a page begins, too.
  const from =
    Number(
      Buffer.from(String(cursor ?? ''), 'base64')
        .toString()
        .replace('next:', ''),
    ) || 0
  const next = from + max < newestFirst.length ? Buffer.from(`next:${from + max}`).toString('base64') : ''
  const withMetadata = include_all_metadata === true || include_all_metadata === 'true' || include_all_metadata === '1'
  return ok({
    messages: newestFirst.slice(from, from + max).map((one) => ({
      ...messageAsSlack(workspace, one),
      ...(withMetadata && one.metadata ? { metadata: one.metadata } : {}),
    })),
    has_more: next !== '',
    response_metadata: { next_cursor: next },
  })
}

export const conversations: Record<string, Method> = {
  'conversations.open': open,
  'conversations.info': info,
  'conversations.history': history,
}
