/** chat.*: https://docs.slack.dev/reference/methods?query=chat */
import { isMember, resolveChannel } from '../state/channels.js'
import { isPictureIn } from '../state/files.js'
import { asSlack, change, find, post, remove } from '../state/messages.js'
import { refuseMessage } from '../validate/message.js'
import { type Method, missing, no, refused, yes } from './method.js'

const postMessage: Method = (world, args) => {
  const found = resolveChannel(world, args.channel)
  if ('error' in found) return no(found.error)
  const refusal = refuseMessage(args, isPictureIn(world))
  if (refusal) return refused(refusal)
  const { text, blocks, metadata, thread_ts: threadTs } = args
  const message = post(world, { channel: found.channel, user: world.botUserId, text, blocks, metadata, threadTs })
  return yes({ channel: found.channel, ts: message.ts, message: asSlack(world, message) })
}

const update: Method = (world, args) => {
  const found = resolveChannel(world, args.channel)
  if ('error' in found) return no(found.error)
  if (typeof args.ts !== 'string') return missing('ts')
  const message = find(world, found.channel, args.ts)
  if (!message || message.onlyFor) return no('message_not_found')
  if (message.user !== world.botUserId) return no('cant_update_message')
  const refusal = refuseMessage(args, isPictureIn(world))
  if (refusal) return refused(refusal)
  change(world, message, args)
  return yes({ channel: found.channel, ts: message.ts, text: message.text, message: asSlack(world, message) })
}

const deleteMessage: Method = (world, args) => {
  const found = resolveChannel(world, args.channel)
  if ('error' in found) return no(found.error)
  const message = find(world, found.channel, args.ts)
  if (!message || message.onlyFor) return no('message_not_found')
  if (message.user !== world.botUserId) return no('cant_delete_message')
  remove(world, message)
  return yes({ channel: found.channel, ts: message.ts })
}

const postEphemeral: Method = (world, args) => {
  const { channel, user, text, blocks } = args
  if (typeof user !== 'string') return missing('user')
  const found = resolveChannel(world, channel)
  if ('error' in found) return no(found.error)
  if (!world.users.has(user) || !isMember(world, found.channel, user)) return no('user_not_in_channel')
  const refusal = refuseMessage(args, isPictureIn(world))
  if (refusal) return refused(refusal)
  const message = post(world, { channel: found.channel, user: world.botUserId, text, blocks, onlyFor: user })
  return yes({ message_ts: message.ts })
}

const getPermalink: Method = (world, { channel, message_ts }) => {
  const message = find(world, channel, message_ts)
  if (!message) return no('message_not_found')
  const place = `archives/${message.channel}/p${message.ts.replace('.', '')}`
  return yes({ channel: message.channel, permalink: `https://${world.teamName}.slack.com/${place}` })
}

export const chat: Record<string, Method> = {
  'chat.postMessage': postMessage,
  'chat.update': update,
  'chat.delete': deleteMessage,
  'chat.postEphemeral': postEphemeral,
  'chat.getPermalink': getPermalink,
}
