/** chat.*: https://docs.slack.dev/reference/methods?query=chat */
import { isMember, resolveChannel } from '../state/channels.js'
import { pictureCheck } from '../state/files.js'
import { addMessage, editMessage, findMessage, messageAsSlack, removeMessage } from '../state/messages.js'
import { refuseMessage } from '../validate/message.js'
import { failure, type Method, missingArgument, ok, refused } from './method.js'

const postMessage: Method = (workspace, args) => {
  const found = resolveChannel(workspace, args.channel)
  if ('error' in found) return failure(found.error)
  const refusal = refuseMessage(args, pictureCheck(workspace))
  if (refusal) return refused(refusal)
  const { text, blocks, metadata, thread_ts: threadTs } = args
  const message = addMessage(workspace, {
    channel: found.channel,
    user: workspace.botUserId,
    text,
    blocks,
    metadata,
    threadTs,
  })
  return ok({ channel: found.channel, ts: message.ts, message: messageAsSlack(workspace, message) })
}

const update: Method = (workspace, args) => {
  const found = resolveChannel(workspace, args.channel)
  if ('error' in found) return failure(found.error)
  if (typeof args.ts !== 'string') return missingArgument('ts')
  const message = findMessage(workspace, found.channel, args.ts)
  if (!message || message.onlyFor) return failure('message_not_found')
  if (message.user !== workspace.botUserId) return failure('cant_update_message')
  const refusal = refuseMessage(args, pictureCheck(workspace))
  if (refusal) return refused(refusal)
  editMessage(workspace, message, args)
  return ok({ channel: found.channel, ts: message.ts, text: message.text, message: messageAsSlack(workspace, message) })
}

const deleteMessage: Method = (workspace, args) => {
  const found = resolveChannel(workspace, args.channel)
  if ('error' in found) return failure(found.error)
  const message = findMessage(workspace, found.channel, args.ts)
  if (!message || message.onlyFor) return failure('message_not_found')
  if (message.user !== workspace.botUserId) return failure('cant_delete_message')
  removeMessage(workspace, message)
  return ok({ channel: found.channel, ts: message.ts })
}

const postEphemeral: Method = (workspace, args) => {
  const { channel, user, text, blocks } = args
  if (typeof user !== 'string') return missingArgument('user')
  const found = resolveChannel(workspace, channel)
  if ('error' in found) return failure(found.error)
  if (!workspace.users.has(user) || !isMember(workspace, found.channel, user)) return failure('user_not_in_channel')
  const refusal = refuseMessage(args, pictureCheck(workspace))
  if (refusal) return refused(refusal)
  const message = addMessage(workspace, {
    channel: found.channel,
    user: workspace.botUserId,
    text,
    blocks,
    onlyFor: user,
  })
  return ok({ message_ts: message.ts })
}

const getPermalink: Method = (workspace, { channel, message_ts }) => {
  const message = findMessage(workspace, channel, message_ts)
  if (!message) return failure('message_not_found')
  const place = `archives/${message.channel}/p${message.ts.replace('.', '')}`
  return ok({ channel: message.channel, permalink: `https://${workspace.teamName}.slack.com/${place}` })
}

export const chat: Record<string, Method> = {
  'chat.postMessage': postMessage,
  'chat.update': update,
  'chat.delete': deleteMessage,
  'chat.postEphemeral': postEphemeral,
  'chat.getPermalink': getPermalink,
}
