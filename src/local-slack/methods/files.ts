/** files.*: https://docs.slack.dev/reference/methods?query=files */
import { personOfDm } from '../state/channels.js'
import { addFile, mayDo, mayRead, mimeOf } from '../state/files.js'
import { post } from '../state/messages.js'
import type { World } from '../state/workspace.js'
import { isObj, type Obj } from '../validate/check.js'
import { type Method, missing, no, yes } from './method.js'

const lacking = (world: World, needed: string): Obj => ({
  ...no('missing_scope'),
  needed,
  provided: (world.scopes ?? []).join(','),
})

const info: Method = (world, { file }) => {
  if (!mayRead(world)) return lacking(world, 'files:read')
  if (typeof file !== 'string' || file === '') return missing('file')
  const found = world.files.get(file)
  return found ? yes({ file: found.info, comments: [], response_metadata: { next_cursor: '' } }) : no('file_not_found')
}

const getUploadUrl: Method = (world, { filename, length }) => {
  if (!mayDo(world, 'files:write')) return lacking(world, 'files:write')
  if (typeof filename !== 'string' || filename === '') return missing('filename')
  const size = Number(length)
  if (length === undefined || length === '') return missing('length')
  if (!Number.isInteger(size) || size <= 0)
    return no('invalid_arguments', ['[ERROR] invalid length [json-pointer:/length]'])
  const id = world.newId('F')
  world.uploads.set(id, { id, filename, length: size })
  return yes({ upload_url: `${world.baseUrl}/upload/v1/${id}`, file_id: id })
}

/** Only now the file is one, and the message is there. A person's id is no channel's. */
const complete: Method = (world, { files, channel_id: channel, initial_comment: text }) => {
  if (!mayDo(world, 'files:write')) return lacking(world, 'files:write')
  const wanted = Array.isArray(files) ? files.filter(isObj) : []
  if (wanted.length === 0) return missing('files')
  const person = typeof channel === 'string' ? personOfDm(world, channel) : undefined
  if (channel !== undefined && !person && !world.channels.has(String(channel))) return no('invalid_channel')
  if (world.channels.get(String(channel))?.bot === false) return no('not_in_channel')
  const uploads = wanted.map(({ id }) => world.uploads.get(String(id)))
  if (uploads.some((one) => one?.bytes === undefined)) return no('file_not_found')
  const infos = uploads.map((one, i) => {
    const { id, filename = '', bytes = Buffer.alloc(0) } = one ?? {}
    world.uploads.delete(id ?? '')
    const made = addFile(
      world,
      world.botUserId,
      { name: filename, mimetype: mimeOf(filename), bytes },
      world.baseUrl,
      id,
    )
    return Object.assign(made, typeof wanted[i]?.title === 'string' ? { title: wanted[i].title } : {})
  })
  if (typeof channel === 'string') post(world, { channel, user: world.botUserId, text, files: infos })
  return yes({ files: infos })
}

export const files: Record<string, Method> = {
  'files.info': info,
  'files.getUploadURLExternal': getUploadUrl,
  'files.completeUploadExternal': complete,
}
