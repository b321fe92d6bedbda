/** files.*: https://docs.slack.dev/reference/methods?query=files */

import { type JsonObject, objectsIn } from '../json.js'
import { personOfDm } from '../state/channels.js'
import { mimetypeOf } from '../state/file.js'
import { addFile, canReadFiles, hasScope } from '../state/files.js'
import { addMessage } from '../state/messages.js'
import type { Workspace } from '../state/workspace.js'
import { failure, type Method, missingArgument, ok } from './method.js'

const missingScope = (workspace: Workspace, needed: string): JsonObject => ({
  ...failure('missing_scope'),
  needed,
  provided: (workspace.scopes ?? []).join(','),
})

const info: Method = (workspace, { file }) => {
  if (!canReadFiles(workspace)) return missingScope(workspace, 'files:read')
  if (typeof file !== 'string' || file === '') return missingArgument('file')
  const found = workspace.files.get(file)
  return found
    ? ok({ file: found.info, comments: [], response_metadata: { next_cursor: '' } })
    : failure('file_not_found')
}

const getUploadUrl: Method = (workspace, { filename, length }) => {
  if (!hasScope(workspace, 'files:write')) return missingScope(workspace, 'files:write')
  if (typeof filename !== 'string' || filename === '') return missingArgument('filename')
  const size = Number(length)
  if (length === undefined || length === '') return missingArgument('length')
  if (!Number.isInteger(size) || size <= 0)
    return failure('invalid_arguments', ['[ERROR] invalid length [json-pointer:/length]'])
  const id = workspace.newId('F')
  workspace.uploads.set(id, { id, filename, length: size })
  return ok({ upload_url: `${workspace.baseUrl}/upload/v1/${id}`, file_id: id })
}

/** Makes the uploaded bytes a file and posts it. As in Slack, a user id is not accepted as `channel_id`. */
const complete: Method = (workspace, { files, channel_id: channel, initial_comment: text }) => {
  if (!hasScope(workspace, 'files:write')) return missingScope(workspace, 'files:write')
  const wanted = objectsIn(files)
  if (wanted.length === 0) return missingArgument('files')
  const person = typeof channel === 'string' ? personOfDm(workspace, channel) : undefined
  if (channel !== undefined && !person && !workspace.channels.has(String(channel))) return failure('invalid_channel')
  if (workspace.channels.get(String(channel))?.bot === false) return failure('not_in_channel')
  const uploads = wanted.map(({ id }) => workspace.uploads.get(String(id)))
  if (uploads.some((one) => one?.bytes === undefined)) return failure('file_not_found')
  const infos = uploads.map((one, i) => {
    const { id, filename = '', bytes = Buffer.alloc(0) } = one ?? {}
    workspace.uploads.delete(id ?? '')
    const made = addFile(
      workspace,
      workspace.botUserId,
      { name: filename, mimetype: mimetypeOf(filename), bytes },
      workspace.baseUrl,
      id,
    )
    return Object.assign(made, typeof wanted[i]?.title === 'string' ? { title: wanted[i].title } : {})
  })
  if (typeof channel === 'string') addMessage(workspace, { channel, user: workspace.botUserId, text, files: infos })
  return ok({ files: infos })
}

export const files: Record<string, Method> = {
  'files.info': info,
  'files.getUploadURLExternal': getUploadUrl,
  'files.completeUploadExternal': complete,
}
