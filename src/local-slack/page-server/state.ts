/** What the page shows to one person. */
import { dmOf, isMember, visibleTo } from '../state/channels.js'
import { stateOf } from '../state/form-state.js'
import { stackOf } from '../state/views.js'
import type { Message, View, World } from '../state/workspace.js'
import { isObj, type Obj } from '../validate/check.js'

const MAX_SHOWN = 200

/** Up to where each person has read each conversation: `user channel` → ts. */
export type ReadMarks = Map<string, string>

const markKey = (userId: string, channel: string) => `${userId} ${channel}`

const unreadIn = (world: World, marks: ReadMarks, since: string, userId: string, channel: string) =>
  visibleTo(world, channel, userId).filter(
    (one) => one.user !== userId && one.ts > (marks.get(markKey(userId, channel)) ?? since),
  ).length

const channelsOf = (world: World, userId: string) => [
  ...[...world.channels.keys()].filter((id) => isMember(world, id, userId)),
  dmOf(userId),
]

export function markRead(world: World, marks: ReadMarks, userId: string, channel: string) {
  const last = visibleTo(world, channel, userId).at(-1)
  if (last) marks.set(markKey(userId, channel), last.ts)
}

/** What the page needs of a file: its address is the page's own. */
export const fileShown = ({ id, name, mimetype, size }: Obj): Obj => ({ id, name, mimetype, size })

const shown = (userId: string, message: Message): Obj => ({
  ts: message.ts,
  user: message.user,
  text: message.text,
  blocks: message.blocks,
  ephemeral: message.onlyFor !== undefined,
  edited: message.edited === true,
  at: message.at.toISOString(),
  values: stateOf(message.blocks, message.changes[userId] ?? {}).values,
  files: (message.files ?? []).map(fileShown),
})

const viewShown = ({ id, hash, content, blocks, changes, errors }: View): Obj => {
  const text = (value: unknown) => (isObj(value) ? value.text : undefined)
  const buttons = { submit: text(content.submit), close: text(content.close) }
  return { id, hash, title: text(content.title), ...buttons, blocks, values: stateOf(blocks, changes).values, errors }
}

export function peopleOf(world: World, marks: ReadMarks, since: string): Obj[] {
  const real = [...world.users.values()].filter((one) => !one.deleted && !one.is_bot)
  return real.map(({ id, real_name, role }) => {
    const unread = unreadIn(world, marks, since, id, dmOf(id))
    return { id, name: real_name, role: role ?? '', dm: dmOf(id), unread }
  })
}

export function pageState(world: World, marks: ReadMarks, since: string, userId: string, channel: string): Obj {
  const home = world.homes.get(userId)
  return {
    now: world.now().toISOString(),
    unread: Object.fromEntries(channelsOf(world, userId).map((id) => [id, unreadIn(world, marks, since, userId, id)])),
    messages: visibleTo(world, channel, userId)
      .slice(-MAX_SHOWN)
      .map((one) => shown(userId, one)),
    modals: stackOf(world, userId).map(viewShown),
    home: home ? viewShown(home) : null,
    people: peopleOf(world, marks, since),
  }
}
