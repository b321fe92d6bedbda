/** Serves the page and its API, and streams every change of the workspace to it. */
import { randomUUID } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { extname, join, sep } from 'node:path'
import { packageRoot } from '../../package-root.js'
import { localSlackText } from '../../text/vi/demo/local-slack.js'
import { isJsonObject, parseJson } from '../json.js'
import type { Handler } from '../server/http.js'
import { readBody, send } from '../server/http.js'
import { findFile } from '../state/files.js'
import type { Workspace } from '../state/workspace.js'
import type { UserActions } from '../user/actions.js'
import { createPageActions, pageAction } from './actions.js'
import { fileForPage, markRead, pageState, type ReadMarks } from './state.js'

export interface PageClock {
  now: () => Date
  /** Moves the clock forward and does what becomes due; resolves when all of it has been sent. */
  advance: (to: Date) => Promise<void>
}

/** A command suggested when the person types a slash. */
export interface SlashHint {
  line: string
  about: string
}

export interface PageOptions {
  /** What is suggested, in order: the same for everybody, or by user id. */
  hints?: SlashHint[] | ((userId: string) => SlashHint[])
  clock?: PageClock
  /** The page is served once this resolves: until then its requests wait. */
  opens?: Promise<void>
  /** User id of the person shown first; default: the first person. */
  first?: string
}

/** Types that are shown in the browser; all others are downloaded. */
const INLINE_TYPES = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp'])

/** In bytes. Slack accepts 1 GB, but the local Slack holds files in memory. */
const MAX_UPLOAD_BYTES = 100_000_000

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

export function createPage(workspace: Workspace, actions: UserActions, options: PageOptions): [string, Handler][] {
  const folder = join(packageRoot(), 'src', 'local-slack', 'page')
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((f) => f.replaceAll(sep, '/'))
  const files = new Set(names.filter((name) => extname(name) in TYPES))
  /** Names this run: a page that was loaded from an earlier one shows what no longer exists. */
  const run = randomUUID()
  let since: string | undefined
  const marks: ReadMarks = new Map()
  workspace.markAllRead = () => {
    marks.clear()
    since = workspace.newTs()
  }
  const watching = new Set<ServerResponse>()
  const perform = createPageActions(workspace, actions)

  const file: Handler = async (_, response, path) => {
    const name = path === '/' ? 'index.html' : path.replace(/^\/page\//, '')
    if (!files.has(name)) return send(response, 404, 'not found')
    const bytes = await readFile(join(folder, name))
    const type = TYPES[extname(name)] ?? 'application/octet-stream'
    response.writeHead(200, { 'content-type': type, 'cache-control': 'no-cache' }).end(bytes)
  }

  const boot: Handler = (_, response) => {
    since ??= workspace.newTs()
    const bot = { id: workspace.botUserId, name: workspace.botName }
    const channels = [...workspace.channels.values()].map(({ id, name, members }) => ({ id, name, members }))
    const { clock, first } = options
    const shortcuts = workspace.shortcuts.filter((one) => one.type === 'message')
    const shown = { run, bot, channels, shortcuts, first, hasClock: clock !== undefined, team: workspace.teamName }
    send(response, 200, { ...shown, text: localSlackText })
  }

  /** Needs no token, like the Slack client. The headers keep an uploaded file from running as part of the page. */
  const shownFile: Handler = (request, response) => {
    const ref = Object.fromEntries(new URL(request.url ?? '/', 'http://local').searchParams)
    const found = findFile(workspace, ref)
    if (!found) return send(response, 404, 'not found')
    response.writeHead(200, {
      'content-type': String(found.info.mimetype),
      'content-disposition': INLINE_TYPES.has(String(found.info.mimetype)) ? 'inline' : 'attachment',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=3600',
    })
    response.end(found.bytes)
  }

  const upload: Handler = async (request, response) => {
    const {
      user = '',
      name = '',
      mimetype = '',
    } = Object.fromEntries(new URL(request.url ?? '/', 'http://local').searchParams)
    if (!workspace.users.has(user) || name === '') return send(response, 400, { error: 'invalid_arguments' })
    if (Number(request.headers['content-length']) > MAX_UPLOAD_BYTES)
      return send(response, 413, { error: 'file_too_large' })
    const bytes = await readBody(request)
    const info = actions.upload(user, { name, mimetype: mimetype || 'application/octet-stream', bytes })
    send(response, 200, { file: fileForPage(info) })
  }

  const state: Handler = (request, response) => {
    const query = new URL(request.url ?? '/', 'http://local').searchParams
    const userId = query.get('user') ?? ''
    const channel = query.get('channel') ?? ''
    since ??= workspace.newTs()
    if (query.get('read') === '1') markRead(workspace, marks, userId, channel)
    const { hints = [] } = options
    const offered = typeof hints === 'function' ? hints(userId) : hints
    send(response, 200, { ...pageState(workspace, marks, since, userId, channel), hints: offered })
  }

  const live: Handler = (request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
    response.write(`retry: 1000\nevent: hello\ndata: ${JSON.stringify({ run })}\n\n`)
    watching.add(response)
    request.on('close', () => watching.delete(response))
  }

  const act: Handler = async (request, response) => {
    const action = pageAction.safeParse(parseJson((await readBody(request)).toString('utf8')))
    if (!action.success) return send(response, 400, { error: 'invalid_arguments' })
    send(response, 200, await perform(action.data))
  }

  const advance: Handler = async (request, response) => {
    const body = parseJson((await readBody(request)).toString('utf8'))
    const to = isJsonObject(body) ? new Date(String(body.to)) : new Date(Number.NaN)
    if (!options.clock || Number.isNaN(to.getTime()) || to < options.clock.now())
      return send(response, 400, { error: 'invalid_arguments' })
    await options.clock.advance(to)
    send(response, 200, { now: workspace.now().toISOString() })
  }

  /** Refuses what a page of an earlier run asks; requests that name no run are answered. */
  const ofThisRun =
    (handler: Handler): Handler =>
    (request, response, path) => {
      const asked = request.headers['x-run']
      if (asked !== undefined && asked !== run) return send(response, 409, { error: 'restarted' })
      return handler(request, response, path)
    }

  workspace.listeners.add((change) => {
    for (const response of watching) response.write(`data: ${JSON.stringify(change)}\n\n`)
  })

  const handlers: [string, Handler][] = [
    ['/page/api/boot', boot],
    ['/page/api/state', ofThisRun(state)],
    ['/page/api/live', live],
    ['/page/api/act', ofThisRun(act)],
    ['/page/api/upload', ofThisRun(upload)],
    ['/page/api/file', shownFile],
    ['/page/api/advance', ofThisRun(advance)],
    ['/page/', file],
    ['/', file],
  ]
  return handlers.map(([path, handler]) => [
    path,
    async (...request) => {
      await options.opens
      return handler(...request)
    },
  ])
}
