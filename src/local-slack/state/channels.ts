/** Channels and direct messages: who is in, who sees what. */
import type { Message, SeedUser, World } from './workspace.js'

/** The direct conversation of a person with the bot. */
export const dmOf = (userId: string) => `D${userId.slice(1)}`

export const personOfDm = (world: World, channel: string): SeedUser | undefined =>
  channel.startsWith('D') ? world.users.get(`U${channel.slice(1)}`) : undefined

export const isMember = (world: World, channel: string, userId: string) => {
  const found = world.channels.get(channel)
  if (found) return found.members?.includes(userId) ?? true
  return channel === dmOf(userId)
}

export const channelName = (world: World, channel: string) =>
  channel.startsWith('D') ? 'directmessage' : (world.channels.get(channel)?.name ?? '')

/** Where a message to this id lands, or Slack's word for why it does not. */
export function resolveChannel(world: World, id: unknown): { channel: string } | { error: string } {
  if (typeof id !== 'string' || id === '') return { error: 'channel_not_found' }
  if (id.startsWith('U') || id.startsWith('W')) {
    const user = world.users.get(id)
    if (!user) return { error: id === world.botUserId ? 'cannot_dm_bot' : 'channel_not_found' }
    if (user.is_bot) return { error: 'cannot_dm_bot' }
    return user.deleted ? { error: 'account_inactive' } : { channel: dmOf(id) }
  }
  const person = personOfDm(world, id)
  if (person) return person.deleted ? { error: 'account_inactive' } : { channel: id }
  const channel = world.channels.get(id) ?? [...world.channels.values()].find((one) => `#${one.name}` === id)
  if (!channel) return { error: 'channel_not_found' }
  return channel.bot === false ? { error: 'not_in_channel' } : { channel: channel.id }
}

/** What this person sees in a channel, oldest first. */
export const visibleTo = (world: World, channel: string, userId: string): Message[] =>
  isMember(world, channel, userId)
    ? world.messages.filter((one) => one.channel === channel && (!one.onlyFor || one.onlyFor === userId))
    : []
