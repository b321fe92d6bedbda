/** Bytes that the bot puts into the workspace: https://docs.slack.dev/messaging/working-with-files#uploading_files */

import type { World } from '../state/workspace.js'
import { readBody, send } from './http.js'
import type { Handler } from './routes.js'

/** An address that was given out, and what came there so far. */
export interface Upload {
  id: string
  filename: string
  /** As the bot said beforehand. */
  length: number
  bytes?: Buffer
}

export const createUploads =
  (world: World): Handler =>
  async (request, response, path) => {
    const upload = world.uploads.get(path.split('/').at(-1) ?? '')
    const bytes = await readBody(request)
    if (!upload || request.method !== 'POST') return send(response, 404, 'not found')
    if (request.headers['content-length'] === undefined) return send(response, 411, 'length required')
    if (bytes.length !== upload.length) {
      const messages = [`said ${upload.length} bytes, sent ${bytes.length}`]
      world.violations.push({ where: 'upload', error: 'file_upload_size_mismatch', messages })
      return send(response, 400, 'size mismatch')
    }
    upload.bytes = bytes
    send(response, 200, `OK - ${bytes.length}`)
  }
