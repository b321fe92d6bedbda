/** Messages: posting, changing, and how Slack writes them in answers and payloads. */
import { randomBytes } from 'node:crypto'
import { elementsOf } from '../validate/blocks.js'
import type { Obj } from '../validate/check.js'
import type { Message, World } from './workspace.js'

const randomId = () => randomBytes(4).toString('base64url').slice(0, 5)

/** Slack names every block and element that came without a name. */
export function withIds(blocks: unknown): Obj[] {
  const copy = structuredClone(Array.isArray(blocks) ? (blocks as Obj[]) : [])
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
  files?: Obj[]
}

export function post(world: World, draft: Draft): Message {
  const message: Message = {
    ts: world.newTs(),
    channel: draft.channel,
    user: draft.user,
    text: typeof draft.text === 'string' ? draft.text : '',
    blocks: withIds(draft.blocks),
    at: world.now(),
    changes: {},
    ...(draft.metadata ? { metadata: draft.metadata as Obj } : {}),
    ...(typeof draft.threadTs === 'string' ? { threadTs: draft.threadTs } : {}),
    ...(draft.onlyFor ? { onlyFor: draft.onlyFor } : {}),
    ...(draft.files ? { files: draft.files } : {}),
  }
  world.messages.push(message)
  announce(world, message, true)
  return message
}

export function change(world: World, message: Message, next: { text?: unknown; blocks?: unknown; metadata?: unknown }) {
  if (typeof next.text === 'string') message.text = next.text
  if (next.blocks !== undefined || next.text !== undefined) message.blocks = withIds(next.blocks)
  if (next.metadata) message.metadata = next.metadata as Obj
  message.edited = true
  announce(world, message, false)
}

export function remove(world: World, message: Message) {
  world.messages.splice(world.messages.indexOf(message), 1)
  announce(world, message, false)
}

const announce = (world: World, { channel, ts, user, onlyFor }: Message, isNew: boolean) =>
  world.tell({ kind: 'message', channel, ts, user, isNew, ...(onlyFor ? { onlyFor } : {}) })

export const find = (world: World, channel: unknown, ts: unknown) =>
  world.messages.find((one) => one.channel === channel && one.ts === ts)

/** As Slack shows a message in history, answers and payloads. */
export function asSlack(world: World, message: Message): Obj {
  const byBot = message.user === world.botUserId
  return {
    type: 'message',
    user: message.user,
    ts: message.ts,
    ...(byBot ? { bot_id: world.botId, app_id: world.appId } : {}),
    text: message.text,
    team: world.teamId,
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    ...(message.edited ? { edited: { user: message.user, ts: message.ts } } : {}),
    ...(message.files ? { files: message.files, upload: true, display_as_bot: false } : {}),
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
  }
}
