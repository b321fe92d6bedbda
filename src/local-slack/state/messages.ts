/** Messages: posting, changing, and how Slack writes them in answers and payloads. */
import { randomBytes } from 'node:crypto'
import type { JsonObject } from '../json.js'
import { elementsOf } from '../validate/blocks.js'
import type { Message, Workspace } from './workspace.js'

const randomId = () => randomBytes(4).toString('base64url').slice(0, 5)

/** Slack names every block and element that came without a name. */
export function withIds(blocks: unknown): JsonObject[] {
  const copy = structuredClone(Array.isArray(blocks) ? (blocks as JsonObject[]) : [])
  for (const block of copy) {
    block.block_id ||= randomId()
    for (const element of elementsOf(block)) if (element.type !== 'image') element.action_id ||= randomId()
  }
  return copy
}

export interface Draft {
  channel: string
  user: string
  text?: unknown
  blocks?: unknown
  metadata?: unknown
  threadTs?: unknown
  onlyFor?: string
  files?: JsonObject[]
}

export function post(workspace: Workspace, draft: Draft): Message {
  const message: Message = {
    ts: workspace.newTs(),
    channel: draft.channel,
    user: draft.user,
    text: typeof draft.text === 'string' ? draft.text : '',
    blocks: withIds(draft.blocks),
    at: workspace.now(),
    changes: {},
    ...(draft.metadata ? { metadata: draft.metadata as JsonObject } : {}),
    ...(typeof draft.threadTs === 'string' ? { threadTs: draft.threadTs } : {}),
    ...(draft.onlyFor ? { onlyFor: draft.onlyFor } : {}),
    ...(draft.files ? { files: draft.files } : {}),
  }
  workspace.messages.push(message)
  announce(workspace, message, true)
  return message
}

export function change(
  workspace: Workspace,
  message: Message,
  next: { text?: unknown; blocks?: unknown; metadata?: unknown },
) {
  if (typeof next.text === 'string') message.text = next.text
  if (next.blocks !== undefined || next.text !== undefined) message.blocks = withIds(next.blocks)
  if (next.metadata) message.metadata = next.metadata as JsonObject
  message.edited = true
  announce(workspace, message, false)
}

export function remove(workspace: Workspace, message: Message) {
  workspace.messages.splice(workspace.messages.indexOf(message), 1)
  announce(workspace, message, false)
}

const announce = (workspace: Workspace, { channel, ts, user, onlyFor }: Message, isNew: boolean) =>
  workspace.tell({ kind: 'message', channel, ts, user, isNew, ...(onlyFor ? { onlyFor } : {}) })

export const find = (workspace: Workspace, channel: unknown, ts: unknown) =>
  workspace.messages.find((one) => one.channel === channel && one.ts === ts)

/** As Slack shows a message in history, answers and payloads. */
export function asSlack(workspace: Workspace, message: Message): JsonObject {
  const byBot = message.user === workspace.botUserId
  return {
    type: 'message',
    user: message.user,
    ts: message.ts,
    ...(byBot ? { bot_id: workspace.botId, app_id: workspace.appId } : {}),
    text: message.text,
    team: workspace.teamId,
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    ...(message.edited ? { edited: { user: message.user, ts: message.ts } } : {}),
    ...(message.files ? { files: message.files, upload: true, display_as_bot: false } : {}),
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
  }
}
