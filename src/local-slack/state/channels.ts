/** Channels and direct messages: their members, and which messages each person sees. */
import type { Message, SeedUser, Workspace } from './workspace.js'

/** The id of a person's direct message channel with the bot. */
export const dmOf = (userId: string) => `D${userId.slice(1)}`

export const personOfDm = (workspace: Workspace, channel: string): SeedUser | undefined =>
  channel.startsWith('D') ? workspace.users.get(`U${channel.slice(1)}`) : undefined

export const isMember = (workspace: Workspace, channel: string, userId: string) => {
  const found = workspace.channels.get(channel)
  if (found) return found.members?.includes(userId) ?? true
  return channel === dmOf(userId)
}

export const channelName = (workspace: Workspace, channel: string) =>
  channel.startsWith('D') ? 'directmessage' : (workspace.channels.get(channel)?.name ?? '')

/** The channel that a message to this channel, user or `#name` goes to, or Slack's error code. */
export function resolveChannel(workspace: Workspace, id: unknown): { channel: string } | { error: string } {
  if (typeof id !== 'string' || id === '') return { error: 'channel_not_found' }
  if (id.startsWith('U') || id.startsWith('W')) {
    const user = workspace.users.get(id)
    if (!user) return { error: id === workspace.botUserId ? 'cannot_dm_bot' : 'channel_not_found' }
    if (user.is_bot) return { error: 'cannot_dm_bot' }
    return user.deleted ? { error: 'account_inactive' } : { channel: dmOf(id) }
  }
  const person = personOfDm(workspace, id)
  if (person) return person.deleted ? { error: 'account_inactive' } : { channel: id }
  const channel = workspace.channels.get(id) ?? [...workspace.channels.values()].find((one) => `#${one.name}` === id)
  if (!channel) return { error: 'channel_not_found' }
  return channel.bot === false ? { error: 'not_in_channel' } : { channel: channel.id }
}

/** The messages of a channel that this person sees, oldest first. */
export const visibleTo = (workspace: Workspace, channel: string, userId: string): Message[] =>
  isMember(workspace, channel, userId)
    ? workspace.messages.filter((one) => one.channel === channel && (!one.onlyFor || one.onlyFor === userId))
    : []
