/** files.info, and files that a person puts into a form: https://docs.slack.dev/reference/objects/file-object */
import type { Obj } from '../validate/check.js'
import type { World } from '../world.js'
import { type Method, no, yes } from './method.js'

export interface Upload {
  name: string
  mimetype: string
  bytes: Buffer
}

/** Stores a person's file and gives its description as Slack writes it; the bytes are served at its URL. */
export function addFile(world: World, userId: string, { name, mimetype, bytes }: Upload, baseUrl: string): Obj {
  const id = world.newId('F')
  const url = `${baseUrl}/files-pri/${world.teamId}-${id}/${encodeURIComponent(name)}`
  const filetype = name.split('.').at(-1)?.toLowerCase() ?? ''
  const info: Obj = {
    id,
    created: Math.floor(world.now().getTime() / 1000),
    name,
    title: name,
    mimetype,
    filetype,
    user: userId,
    user_team: world.teamId,
    size: bytes.length,
    mode: 'hosted',
    is_external: false,
    url_private: url,
    url_private_download: url,
    file_access: 'visible',
  }
  world.files.set(id, { info, bytes })
  return info
}

const info: Method = (world, { file }) => {
  const found = world.files.get(String(file))
  return found ? yes({ file: found.info }) : no('file_not_found')
}

export const files: Record<string, Method> = { 'files.info': info }
