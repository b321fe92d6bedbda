/** Messages: adding, editing and removing them, and their form in API results and payloads. */
import { randomBytes } from 'node:crypto'
import { isJsonObject, type JsonObject, objectsIn } from '../json.js'
import { elementsOf } from '../validate/blocks.js'
import type { Message, Workspace } from './workspace.js'

const randomId = () => randomBytes(4).toString('base64url').slice(0, 5)

/** A copy with ids generated for blocks and elements that have none, as Slack does. */
export function withIds(blocks: unknown): JsonObject[] {
  const copy = structuredClone(objectsIn(blocks))
  for (const block of copy) {
    block.block_id ||= randomId()
    for (const element of elementsOf(block)) if (element.type !== 'image') element.action_id ||= randomId()
  }
  return copy
}

export interface NewMessage {
  channel: string
  user: string
  text?: unknown
  blocks?: unknown
  metadata?: unknown
  threadTs?: unknown
  onlyFor?: string
  files?: JsonObject[]
}

export function addMessage(workspace: Workspace, draft: NewMessage): Message {
  const message: Message = {
    ts: workspace.newTs(),
    channel: draft.channel,
    user: draft.user,
    text: typeof draft.text === 'string' ? draft.text : '',
    blocks: withIds(draft.blocks),
    at: workspace.now(),
    changes: {},
    ...(isJsonObject(draft.metadata) ? { metadata: draft.metadata } : {}),
    ...(typeof draft.threadTs === 'string' ? { threadTs: draft.threadTs } : {}),
    ...(draft.onlyFor ? { onlyFor: draft.onlyFor } : {}),
    ...(draft.files ? { files: draft.files } : {}),
  }
  workspace.messages.push(message)
  emitChange(workspace, message, true)
  return message
}

export function editMessage(
  workspace: Workspace,
  message: Message,
  next: { text?: unknown; blocks?: unknown; metadata?: unknown },
) {
  if (typeof next.text === 'string') message.text = next.text
  if (next.blocks !== undefined || next.text !== undefined) message.blocks = withIds(next.blocks)
  if (isJsonObject(next.metadata)) message.metadata = next.metadata
  message.edited = true
  emitChange(workspace, message, false)
}

export function removeMessage(workspace: Workspace, message: Message) {
  workspace.messages.splice(workspace.messages.indexOf(message), 1)
  emitChange(workspace, message, false)
}

const emitChange = (workspace: Workspace, { channel, ts, user, onlyFor }: Message, isNew: boolean) =>
  workspace.emit({ kind: 'message', channel, ts, user, isNew, ...(onlyFor ? { onlyFor } : {}) })

export const findMessage = (workspace: Workspace, channel: unknown, ts: unknown) =>
  workspace.messages.find((one) => one.channel === channel && one.ts === ts)

/** A message as Slack returns it in history, API results and payloads. */
export function messageAsSlack(workspace: Workspace, message: Message): JsonObject {
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
