/** Which request goes where. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Faults } from './faults.js'
import { send } from './http.js'
import { serveResponseUrl } from './response-url.js'
import { createWebApi } from './web-api.js'
import type { World } from './world.js'

export type Handler = (request: IncomingMessage, response: ServerResponse, path: string) => Promise<void> | void

/** Files need the bot's token; without it Slack sends a login page with status 200. */
const filesOf =
  (world: World): Handler =>
  (request, response, path) => {
    const id = path.split('/')[2]?.split('-').at(-1) ?? ''
    const file = world.files.get(id)
    if (request.headers.authorization !== `Bearer ${world.botToken}`)
      return send(response, 200, '<!DOCTYPE html><html><title>Sign in</title></html>', { 'content-type': 'text/html' })
    if (!file) return send(response, 404, 'not found')
    response.writeHead(200, { 'content-type': String(file.info.mimetype), 'content-length': file.bytes.length })
    response.end(file.bytes)
  }

export function createRoutes(world: World, faults: Faults, socketUrl: () => string, more: [string, Handler][] = []) {
  const routes: [string, Handler][] = [
    ['/api/', createWebApi(world, faults, socketUrl)],
    ['/respond/', (request, response, path) => serveResponseUrl(world, request, response, path)],
    ['/files-pri/', filesOf(world)],
    ...more,
  ]
  return async (request: IncomingMessage, response: ServerResponse) => {
    const path = new URL(request.url ?? '/', 'http://local').pathname
    const [, handler] = routes.find(([prefix]) => path.startsWith(prefix)) ?? []
    try {
      await (handler ? handler(request, response, path) : send(response, 404, 'not found'))
    } catch (cause) {
      if (!response.headersSent) send(response, 500, String(cause))
    }
  }
}
