/** The endpoint for uploads of the bot: https://docs.slack.dev/messaging/working-with-files#uploading_files */
import type { Workspace } from '../state/workspace.js'
import type { Handler } from './http.js'
import { readBody, send } from './http.js'

export const createUploads =
  (workspace: Workspace): Handler =>
  async (request, response, path) => {
    const upload = workspace.uploads.get(path.split('/').at(-1) ?? '')
    const bytes = await readBody(request)
    if (!upload || request.method !== 'POST') return send(response, 404, 'not found')
    if (request.headers['content-length'] === undefined) return send(response, 411, 'length required')
    if (bytes.length !== upload.length) {
      const messages = [`announced ${upload.length} bytes, sent ${bytes.length}`]
      workspace.violations.push({ where: 'upload', error: 'file_upload_size_mismatch', messages })
      return send(response, 400, 'size mismatch')
    }
    upload.bytes = bytes
    send(response, 200, `OK - ${bytes.length}`)
  }
