/** The state of the workspace: everything that the local Slack stores. */
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
  /** The workspace of a person who only shares a channel; default: this one. */
  team_id?: string
  is_stranger?: boolean
  /** A guest of several channels, or of one. */
  is_restricted?: boolean
  is_ultra_restricted?: boolean
  /** On Enterprise Grid: the workspaces that the person belongs to. */
  enterprise_user?: { teams: string[] }
  /** Shown on the page next to the name, in Vietnamese. */
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
  /** User id of the author; the bot has one too. */
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
  /** What each person has entered in it, by user id. */
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
  /** The values when the last payload about this view was sent. */
  lastSent?: Changes
  /** Error messages of the last submission, by block_id. */
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
  /** Id of the file; empty when the URL names no file. */
  file: string
  /** The Host header. */
  host: string
  /** The Authorization header. */
  authorization: string | undefined
  at: Date
  /** Bytes sent so far. */
  sent: number
}

/** Something the bot did that Slack would refuse, or that would show the person an error. */
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

export type WorkspaceChange =
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
  /** Shortcuts in the menu of every message; default: those of manifests/slack.json. */
  shortcuts?: Shortcut[]
  /** Scopes of the bot's token; default: those of manifests/slack.json. Only the scopes for files are checked. */
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
  const listeners = new Set<(change: WorkspaceChange) => void>()
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
    /** Upload URLs that were requested, by file id. */
    uploads: new Map<string, PendingUpload>(),
    /** The URL of the local Slack; set when the server listens. */
    baseUrl: '',
    calls: [] as Call[],
    violations: [] as Violation[],
    listeners,
    /** Marks all messages so far as read on the page; the page server sets this. */
    markAllRead: () => {},
    activity: { running: 0, last: Date.now() },
    newId: (prefix: string) => `${prefix}${String(++serial).padStart(10, '0')}`,
    newHash: () => `${Math.floor(settings.now().getTime() / 1000)}.${randomBytes(4).toString('hex')}`,
    /** Always increases, even when the clock does not move. */
    newTs: () => {
      lastMicros = Math.max(settings.now().getTime() * 1000, lastMicros + 1)
      return `${Math.floor(lastMicros / 1e6)}.${String(lastMicros % 1e6).padStart(6, '0')}`
    },
    emit: (change: WorkspaceChange) => {
      for (const listener of listeners) listener(change)
    },
  }
}

export type Workspace = ReturnType<typeof createWorkspace>

/** Counts work in progress, so that tests can wait until there is none. */
export async function trackActivity<T>(workspace: Workspace, work: () => Promise<T>): Promise<T> {
  workspace.activity.running++
  try {
    return await work()
  } finally {
    workspace.activity.running--
    workspace.activity.last = Date.now()
  }
}
