/** The request router of the local Slack. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Workspace } from '../state/workspace.js'
import { createDownloads, type DownloadFault, loginPage } from './downloads.js'
import type { FaultInjection } from './fault-injection.js'
import { type Handler, send } from './http.js'
import { createResponseUrls } from './response-url.js'
import { createUploads } from './uploads.js'
import { createWebApi } from './web-api.js'

export interface Faults {
  calls: FaultInjection
  downloads: FaultInjection<DownloadFault>
}

export function createRoutes(
  workspace: Workspace,
  faults: Faults,
  socketUrl: () => string,
  more: [string, Handler][] = [],
) {
  const routes: [string, Handler][] = [
    ['/api/', createWebApi(workspace, faults.calls, socketUrl)],
    ['/respond/', createResponseUrls(workspace)],
    ['/files-pri/', createDownloads(workspace, faults.downloads)],
    ['/upload/v1/', createUploads(workspace)],
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
