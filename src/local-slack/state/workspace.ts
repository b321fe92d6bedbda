/** All that the local Slack remembers. */
import { randomBytes } from 'node:crypto'
import type { JsonObject } from '../json.js'
import { readManifest, type Shortcut } from '../manifest.js'
import type { PendingUpload, WorkspaceFile } from './file.js'
import type { Changes } from './form-state.js'

export interface SeedUser {
  id: string
  real_name: string
  email?: string
  tz?: string
  deleted?: boolean
  is_bot?: boolean
  /** Shown on the page beside the name, in Vietnamese. */
  role?: string
}

export interface SeedChannel {
  id: string
  name: string
  /** Default: everyone. */
  members?: string[]
  /** Whether the bot was invited; default true. */
  bot?: boolean
}

export interface Message {
  ts: string
  channel: string
  /** Who wrote it; the bot's user id for the bot. */
  user: string
  text: string
  blocks: JsonObject[]
  metadata?: JsonObject
  threadTs?: string
  /** Only this person sees it. */
  onlyFor?: string
  edited?: boolean
  files?: JsonObject[]
  at: Date
  /** What each person has chosen in it so far, by person. */
  changes: Record<string, Changes>
}

export interface View {
  id: string
  userId: string
  kind: 'modal' | 'home'
  content: JsonObject
  blocks: JsonObject[]
  hash: string
  rootId: string
  previousId: string | null
  changes: Changes
  /** What Slack itself knows of it: what stood in the fields when the bot was last told something. */
  lastSent?: Changes
  /** Words under the fields, by block_id, from the last submission. */
  errors: Record<string, string>
}

/** One call of the Web API by the bot. */
export interface Call {
  method: string
  args: JsonObject
  at: Date
  result: JsonObject
}

/** One attempt to fetch the bytes of a file. */
export interface Download {
  /** Id of the file; empty where there is none at that address. */
  file: string
  /** By which name the local Slack was called. */
  host: string
  /** The header, as it came. */
  authorization: string | undefined
  at: Date
  /** Bytes that went out so far. */
  sent: number
}

/** Something the bot did that real Slack would refuse or that would leave the person waiting. */
export interface Violation {
  where: string
  error: string
  messages: string[]
  payload?: unknown
}

export interface Trigger {
  userId: string
  issued: number
  used: boolean
  fromModal: boolean
}

export interface ResponseUrl {
  userId: string
  channel: string
  messageTs?: string
  uses: number
  issued: number
}

export type Change =
  | { kind: 'message'; channel: string; ts: string; user: string; isNew: boolean; onlyFor?: string }
  | { kind: 'view' | 'home'; userId: string }

export interface WorkspaceOptions {
  now?: () => Date
  /** How long a trigger opens a modal; default 3000 ms, as in Slack. */
  triggerMs?: number
  teamId?: string
  teamName?: string
  appId?: string
  botName?: string
  botToken?: string
  appToken?: string
  signingSecret?: string
  users?: SeedUser[]
  channels?: SeedChannel[]
  /** What stands in the menu of every message; default: what manifests/slack.json says. */
  shortcuts?: Shortcut[]
  /** What the bot's token may do; default: what manifests/slack.json says. Only those for files are looked at. */
  scopes?: string[]
}

const DEFAULTS = {
  now: () => new Date(),
  triggerMs: 3000,
  teamId: 'T0THIDUA',
  teamName: 'truong',
  appId: 'A0THIDUA',
  botName: 'thidua',
  botToken: 'xoxb-local',
  appToken: 'xapp-local',
  signingSecret: 'local-signing-secret',
  channels: [{ id: 'C0CHUNG', name: 'thong-bao-chung' }] as SeedChannel[],
}

export function createWorkspace(options: WorkspaceOptions = {}) {
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
  const settings = { ...DEFAULTS, ...readManifest(), ...given }
  let serial = 0
  let lastMicros = 0
  const listeners = new Set<(change: Change) => void>()
  return {
    ...settings,
    botUserId: 'U0THIDUABOT',
    botId: 'B0THIDUA',
    users: new Map((options.users ?? []).map((user) => [user.id, user])),
    channels: new Map(settings.channels.map((channel) => [channel.id, channel])),
    messages: [] as Message[],
    stacks: new Map<string, View[]>(),
    homes: new Map<string, View>(),
    triggers: new Map<string, Trigger>(),
    responseUrls: new Map<string, ResponseUrl>(),
    files: new Map<string, WorkspaceFile>(),
    downloads: [] as Download[],
    /** Addresses for uploads that were given out, by the file's id. */
    uploads: new Map<string, PendingUpload>(),
    /** Where this workspace is served; known once it is. */
    baseUrl: '',
    calls: [] as Call[],
    violations: [] as Violation[],
    listeners,
    /** Counts all that was said so far as read on the page; the page fills this in. */
    readAll: () => {},
    activity: { running: 0, last: Date.now() },
    newId: (prefix: string) => `${prefix}${String(++serial).padStart(10, '0')}`,
    newHash: () => `${Math.floor(settings.now().getTime() / 1000)}.${randomBytes(4).toString('hex')}`,
    /** Rises always, even on a clock that stands still. */
    newTs: () => {
      lastMicros = Math.max(settings.now().getTime() * 1000, lastMicros + 1)
      return `${Math.floor(lastMicros / 1e6)}.${String(lastMicros % 1e6).padStart(6, '0')}`
    },
    tell: (change: Change) => {
      for (const listener of listeners) listener(change)
    },
  }
}

export type Workspace = ReturnType<typeof createWorkspace>

/** Counts what is under way, so that tests can wait for quiet. */
export async function trackActivity<T>(workspace: Workspace, work: () => Promise<T>): Promise<T> {
  workspace.activity.running++
  try {
    return await work()
  } finally {
    workspace.activity.running--
    workspace.activity.last = Date.now()
  }
}
