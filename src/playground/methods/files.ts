/** files.*: https://docs.slack.dev/reference/methods/files.info */
import { mayRead } from '../files.js'
import { type Method, missing, no, yes } from './method.js'

const info: Method = (world, { file }) => {
  if (!mayRead(world)) return { ...no('missing_scope'), needed: 'files:read', provided: (world.scopes ?? []).join(',') }
  if (typeof file !== 'string' || file === '') return missing('file')
  const found = world.files.get(file)
  return found ? yes({ file: found.info, comments: [], response_metadata: { next_cursor: '' } }) : no('file_not_found')
}

export const files: Record<string, Method> = { 'files.info': info }
