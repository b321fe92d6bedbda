/** Files of the workspace: https://docs.slack.dev/reference/objects/file-object */
import type { JsonObject } from '../json.js'
import { filetypeOf, type Upload, type WorkspaceFile } from './file.js'
import type { Workspace } from './workspace.js'

/** How Slack writes a file name in a URL: in lower case, every other character as an underscore. */
const nameInUrl = (name: string) => name.toLowerCase().replace(/[^a-z0-9._-]/g, '_') || 'file'

/** Stores a file and returns its file object; the bytes are served at its `url_private`. */
export function addFile(
  workspace: Workspace,
  userId: string,
  upload: Upload,
  baseUrl: string,
  id = workspace.newId('F'),
): JsonObject {
  const { name, mimetype, bytes, size = bytes.length } = upload
  const seconds = Math.floor(workspace.now().getTime() / 1000)
  const filetype = filetypeOf(name)
  const pri = `${baseUrl}/files-pri/${workspace.teamId}-${id}`
  const info: JsonObject = {
    id,
    created: seconds,
    timestamp: seconds,
    name,
    title: name,
    mimetype,
    filetype,
    pretty_type: filetype.toUpperCase(),
    user: userId,
    user_team: workspace.teamId,
    editable: false,
    size,
    mode: 'hosted',
    is_external: false,
    external_type: '',
    is_public: false,
    public_url_shared: false,
    display_as_bot: false,
    username: '',
    url_private: `${pri}/${nameInUrl(name)}`,
    url_private_download: `${pri}/download/${nameInUrl(name)}`,
    permalink: `https://${workspace.teamName}.slack.com/files/${userId}/${id}/${nameInUrl(name)}`,
    has_rich_preview: false,
    file_access: 'visible',
  }
  workspace.files.set(id, { info, bytes })
  return info
}

/** The file whose bytes are served at this path: `/files-pri/T…-F…/name` or `/files-pri/T…-F…/download/name`. */
export const fileAt = (workspace: Workspace, path: string): WorkspaceFile | undefined =>
  workspace.files.get(path.split('/')[2]?.split('-').at(-1) ?? '')

/** The file that an image's `slack_file` names, by id or by URL. */
export const findFile = (workspace: Workspace, { id, url }: JsonObject): WorkspaceFile | undefined =>
  typeof id === 'string'
    ? workspace.files.get(id)
    : [...workspace.files.values()].find(({ info }) => info.url_private === url || info.permalink === url)

const IMAGE_FILETYPES = new Set(['png', 'jpg', 'gif'])

/** A check of whether Slack would show what a `slack_file` names: a file that exists and is a png, jpg or gif. */
export const pictureCheck =
  (workspace: Workspace) =>
  (ref: JsonObject): boolean =>
    IMAGE_FILETYPES.has(String(findFile(workspace, ref)?.info.filetype))

/** Whether the bot's token has this scope; it has every scope when the workspace names none. */
export const hasScope = (workspace: Workspace, scope: 'files:read' | 'files:write') =>
  workspace.scopes?.includes(scope) ?? true

export const canReadFiles = (workspace: Workspace) => hasScope(workspace, 'files:read')
