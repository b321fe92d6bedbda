/** Files that people have put into the workspace: https://docs.slack.dev/reference/objects/file-object */
import type { Obj } from '../validate/check.js'
import type { World } from './workspace.js'

export interface Upload {
  name: string
  mimetype: string
  bytes: Buffer
  /** What Slack is to say the size is, where that should not be true. */
  size?: number
}

export interface StoredFile {
  info: Obj
  bytes: Buffer
}

export const isUpload = (value: unknown): value is Upload =>
  typeof value === 'object' && value !== null && Buffer.isBuffer((value as Partial<Upload>).bytes)

/** Addresses carry the name in small letters, everything strange in it as an underscore. */
const inAddress = (name: string) => name.toLowerCase().replace(/[^a-z0-9._-]/g, '_') || 'file'

const FILETYPES: Record<string, string> = { jpeg: 'jpg', tiff: 'tif', htm: 'html', '': 'binary' }

function filetypeOf(name: string): string {
  const extension = name.includes('.') ? (name.split('.').at(-1)?.toLowerCase() ?? '') : ''
  return FILETYPES[extension] ?? extension
}

const MIMES: Record<string, string> = {
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  heic: 'image/heic',
  pdf: 'application/pdf',
  mp4: 'video/mp4',
}
/** What Slack takes a file for that came without a type. */
export const mimeOf = (name: string): string => MIMES[filetypeOf(name)] ?? 'application/octet-stream'

/** Stores a person's file and gives its description as Slack writes it; the bytes are served at its address. */
export function addFile(world: World, userId: string, upload: Upload, baseUrl: string, id = world.newId('F')): Obj {
  const { name, mimetype, bytes, size = bytes.length } = upload
  const seconds = Math.floor(world.now().getTime() / 1000)
  const filetype = filetypeOf(name)
  const pri = `${baseUrl}/files-pri/${world.teamId}-${id}`
  const info: Obj = {
    id,
    created: seconds,
    timestamp: seconds,
    name,
    title: name,
    mimetype,
    filetype,
    pretty_type: filetype.toUpperCase(),
    user: userId,
    user_team: world.teamId,
    editable: false,
    size,
    mode: 'hosted',
    is_external: false,
    external_type: '',
    is_public: false,
    public_url_shared: false,
    display_as_bot: false,
    username: '',
    url_private: `${pri}/${inAddress(name)}`,
    url_private_download: `${pri}/download/${inAddress(name)}`,
    permalink: `https://${world.teamName}.slack.com/files/${userId}/${id}/${inAddress(name)}`,
    has_rich_preview: false,
    file_access: 'visible',
  }
  world.files.set(id, { info, bytes })
  return info
}

/** The file whose bytes are served at this path: `/files-pri/T…-F…/name` or `/files-pri/T…-F…/download/name`. */
export const fileAt = (world: World, path: string): StoredFile | undefined =>
  world.files.get(path.split('/')[2]?.split('-').at(-1) ?? '')

/** The file that a `slack_file` of an image names, by its id or by one of its addresses. */
export const namedBy = (world: World, { id, url }: Obj): StoredFile | undefined =>
  typeof id === 'string'
    ? world.files.get(id)
    : [...world.files.values()].find(({ info }) => info.url_private === url || info.permalink === url)

const SHOWN_AS_IMAGE = new Set(['png', 'jpg', 'gif'])

/** Whether Slack would show what a `slack_file` names: it must be there, and a png, jpg or gif. */
export const isPictureIn =
  (world: World) =>
  (ref: Obj): boolean =>
    SHOWN_AS_IMAGE.has(String(namedBy(world, ref)?.info.filetype))

/** Whether the bot's token has a scope for files; a workspace that names no scopes gives all. */
export const mayDo = (world: World, scope: 'files:read' | 'files:write') => world.scopes?.includes(scope) ?? true

/** Without `files:read` Slack gives a bot no file; a workspace that names no scopes gives all. */
export const mayRead = (world: World) => mayDo(world, 'files:read')
