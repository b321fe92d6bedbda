/** The state that the page shows to one person. */

import { isJsonObject, type JsonObject } from '../json.js'
import { dmOf, isMember, visibleTo } from '../state/channels.js'
import { stateOf } from '../state/form-state.js'
import { stackOf } from '../state/views.js'
import type { Message, View, Workspace } from '../state/workspace.js'

const MAX_SHOWN = 200

/** The newest message that each person has read in each conversation: `user channel` → ts. */
export type ReadMarks = Map<string, string>

const markKey = (userId: string, channel: string) => `${userId} ${channel}`

const unreadCount = (workspace: Workspace, marks: ReadMarks, since: string, userId: string, channel: string) =>
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

/** The members of a file object that the page uses; it builds the URL itself. */
export const fileForPage = ({ id, name, mimetype, size }: JsonObject): JsonObject => ({ id, name, mimetype, size })

/**
 * Whether the client says "(edited)". Slack sets the flag for text that changes, not for a message of blocks that its app
 * redraws, nor for one that only one person sees.
 */
const showsEdited = ({ edited, blocks, onlyFor }: Message) => edited === true && blocks.length === 0 && !onlyFor

const messageForPage = (userId: string, message: Message): JsonObject => ({
  ts: message.ts,
  user: message.user,
  text: message.text,
  blocks: message.blocks,
  ephemeral: message.onlyFor !== undefined,
  edited: showsEdited(message),
  at: message.at.toISOString(),
  values: stateOf(message.blocks, message.changes[userId] ?? {}).values,
  files: (message.files ?? []).map(fileForPage),
})

const viewForPage = ({ id, hash, content, blocks, changes, errors }: View): JsonObject => {
  const text = (value: unknown) => (isJsonObject(value) ? value.text : undefined)
  const buttons = { submit: text(content.submit), close: text(content.close) }
  return { id, hash, title: text(content.title), ...buttons, blocks, values: stateOf(blocks, changes).values, errors }
}

function peopleOf(workspace: Workspace, marks: ReadMarks, since: string): JsonObject[] {
  const real = [...workspace.users.values()].filter((one) => !one.deleted && !one.is_bot)
  return real.map(({ id, real_name, role }) => {
    const unread = unreadCount(workspace, marks, since, id, dmOf(id))
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
      channelsOf(workspace, userId).map((id) => [id, unreadCount(workspace, marks, since, userId, id)]),
    ),
    messages: visibleTo(workspace, channel, userId)
      .slice(-MAX_SHOWN)
      .map((one) => messageForPage(userId, one)),
    modals: stackOf(workspace, userId).map(viewForPage),
    home: home ? viewForPage(home) : null,
    people: peopleOf(workspace, marks, since),
  }
}
