/** What the page shows to one person. */

import { isJsonObject, type JsonObject } from '../json.js'
import { dmOf, isMember, visibleTo } from '../state/channels.js'
import { stateOf } from '../state/form-state.js'
import { stackOf } from '../state/views.js'
import type { Message, View, Workspace } from '../state/workspace.js'

const MAX_SHOWN = 200

/** Up to where each person has read each conversation: `user channel` → ts. */
export type ReadMarks = Map<string, string>

const markKey = (userId: string, channel: string) => `${userId} ${channel}`

const unreadIn = (workspace: Workspace, marks: ReadMarks, since: string, userId: string, channel: string) =>
  visibleTo(workspace, channel, userId).filter(
    (one) => one.user !== userId && one.ts > (marks.get(markKey(userId, channel)) ?? since),
  ).length

const channelsOf = (workspace: Workspace, userId: string) => [
  ...[...workspace.channels.keys()].filter((id) => isMember(workspace, id, userId)),
  dmOf(userId),
]

export function markRead(workspace: Workspace, marks: ReadMarks, userId: string, channel: string) {
  const last = visibleTo(workspace, channel, userId).at(-1)
  if (last) marks.set(markKey(userId, channel), last.ts)
}

/** What the page needs of a file: its address is the page's own. */
export const fileShown = ({ id, name, mimetype, size }: JsonObject): JsonObject => ({ id, name, mimetype, size })

const shown = (userId: string, message: Message): JsonObject => ({
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

const viewShown = ({ id, hash, content, blocks, changes, errors }: View): JsonObject => {
  const text = (value: unknown) => (isJsonObject(value) ? value.text : undefined)
  const buttons = { submit: text(content.submit), close: text(content.close) }
  return { id, hash, title: text(content.title), ...buttons, blocks, values: stateOf(blocks, changes).values, errors }
}

export function peopleOf(workspace: Workspace, marks: ReadMarks, since: string): JsonObject[] {
  const real = [...workspace.users.values()].filter((one) => !one.deleted && !one.is_bot)
  return real.map(({ id, real_name, role }) => {
    const unread = unreadIn(workspace, marks, since, id, dmOf(id))
    return { id, name: real_name, role: role ?? '', dm: dmOf(id), unread }
  })
}

export function pageState(
  workspace: Workspace,
  marks: ReadMarks,
  since: string,
  userId: string,
  channel: string,
): JsonObject {
  const home = workspace.homes.get(userId)
  return {
    now: workspace.now().toISOString(),
    unread: Object.fromEntries(
      channelsOf(workspace, userId).map((id) => [id, unreadIn(workspace, marks, since, userId, id)]),
    ),
    messages: visibleTo(workspace, channel, userId)
      .slice(-MAX_SHOWN)
      .map((one) => shown(userId, one)),
    modals: stackOf(workspace, userId).map(viewShown),
    home: home ? viewShown(home) : null,
    people: peopleOf(workspace, marks, since),
  }
}
