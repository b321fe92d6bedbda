/** Which request goes where. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { World } from '../state/workspace.js'
import { createDownloads, type DownloadFault, loginPage } from './downloads.js'
import type { Faults } from './fault-injection.js'
import { send } from './http.js'
import { serveResponseUrl } from './response-url.js'
import { createUploads } from './uploads.js'
import { createWebApi } from './web-api.js'

export type Handler = (request: IncomingMessage, response: ServerResponse, path: string) => Promise<void> | void

export interface AllFaults {
  calls: Faults
  downloads: Faults<DownloadFault>
}

export function createRoutes(world: World, faults: AllFaults, socketUrl: () => string, more: [string, Handler][] = []) {
  const routes: [string, Handler][] = [
    ['/api/', createWebApi(world, faults.calls, socketUrl)],
    ['/respond/', (request, response, path) => serveResponseUrl(world, request, response, path)],
    ['/files-pri/', createDownloads(world, faults.downloads)],
    ['/upload/v1/', createUploads(world)],
    ['/signin', loginPage],
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
