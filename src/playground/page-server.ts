/** Serves the page, what it shows, and what is done on it; tells it what changes as it changes. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { basename, dirname, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { playground } from '../text/vi/playground.js'
import type { Acts } from './act.js'
import { parseJson, readBody, send } from './http.js'
import { createPageActs, pageAction } from './page-act.js'
import { markRead, pageState, type ReadMarks } from './page-state.js'
import type { Handler } from './routes.js'
import { isObj } from './validate/check.js'
import type { World } from './world.js'

export interface PageClock {
  now: () => Date
  /** Moves the clock on and does what falls due; resolves when all of it has been sent. */
  advance: (to: Date) => Promise<void>
}

/** A line offered when the person types a slash. */
export interface SlashHint {
  line: string
  about: string
}

export interface PageOptions {
  hints?: SlashHint[]
  clock?: PageClock
  /** Who is shown first; default: the first person. */
  first?: string
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** The page's files lie in src/ also when this runs from dist/. */
function pageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder)
  return join(folder, 'src', 'playground', 'page')
}

export function createPage(world: World, acts: Acts, baseUrl: () => string, options: PageOptions): [string, Handler][] {
  const folder = pageFolder()
  let since: string | undefined
  const marks: ReadMarks = new Map()
  world.readAll = () => {
    marks.clear()
    since = world.newTs()
  }
  const watching = new Set<ServerResponse>()
  const perform = createPageActs(world, acts, baseUrl)

  const file: Handler = async (_, response, path) => {
    const name = path === '/' ? 'index.html' : basename(path)
    const bytes = await readFile(join(folder, name)).catch(() => undefined)
    if (!bytes) return send(response, 404, 'not found')
    const type = TYPES[extname(name)] ?? 'application/octet-stream'
    response.writeHead(200, { 'content-type': type, 'cache-control': 'no-cache' }).end(bytes)
  }

  const boot: Handler = (_, response) => {
    since ??= world.newTs()
    const bot = { id: world.botUserId, name: world.botName }
    const channels = [...world.channels.values()].map(({ id, name, members }) => ({ id, name, members }))
    const { clock, hints = [], first } = options
    const shown = { bot, channels, hints, first, hasClock: clock !== undefined, team: world.teamName }
    send(response, 200, { ...shown, text: playground })
  }

  const state: Handler = (request, response) => {
    const query = new URL(request.url ?? '/', 'http://local').searchParams
    const userId = query.get('user') ?? ''
    const channel = query.get('channel') ?? ''
    since ??= world.newTs()
    if (query.get('read') === '1') markRead(world, marks, userId, channel)
    send(response, 200, pageState(world, marks, since, userId, channel))
  }

  const live: Handler = (request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
    response.write(':\n\n')
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
    const to = isObj(body) ? new Date(String(body.to)) : new Date(Number.NaN)
    if (!options.clock || Number.isNaN(to.getTime()) || to < options.clock.now())
      return send(response, 400, { error: 'invalid_arguments' })
    await options.clock.advance(to)
    send(response, 200, { now: world.now().toISOString() })
  }

  world.listeners.add((change) => {
    for (const response of watching) response.write(`data: ${JSON.stringify(change)}\n\n`)
  })

  return [
    ['/page/api/boot', boot],
    ['/page/api/state', state],
    ['/page/api/live', live],
    ['/page/api/act', act],
    ['/page/api/advance', advance],
    ['/page/', file],
    ['/', file],
  ]
}
