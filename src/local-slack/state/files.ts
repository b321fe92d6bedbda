/** Files that people have put into the workspace: https://docs.slack.dev/reference/objects/file-object */
import type { JsonObject } from '../json.js'
import { filetypeOf, inAddress, type Upload, type WorkspaceFile } from './file.js'
import type { Workspace } from './workspace.js'

/** Stores a person's file and gives its description as Slack writes it; the bytes are served at its address. */
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
    url_private: `${pri}/${inAddress(name)}`,
    url_private_download: `${pri}/download/${inAddress(name)}`,
    permalink: `https://${workspace.teamName}.slack.com/files/${userId}/${id}/${inAddress(name)}`,
    has_rich_preview: false,
    file_access: 'visible',
  }
  workspace.files.set(id, { info, bytes })
  return info
}

/** The file whose bytes are served at this path: `/files-pri/T…-F…/name` or `/files-pri/T…-F…/download/name`. */
export const fileAt = (workspace: Workspace, path: string): WorkspaceFile | undefined =>
  workspace.files.get(path.split('/')[2]?.split('-').at(-1) ?? '')

/** The file that a `slack_file` of an image names, by its id or by one of its addresses. */
export const namedBy = (workspace: Workspace, { id, url }: JsonObject): WorkspaceFile | undefined =>
  typeof id === 'string'
    ? workspace.files.get(id)
    : [...workspace.files.values()].find(({ info }) => info.url_private === url || info.permalink === url)

const SHOWN_AS_IMAGE = new Set(['png', 'jpg', 'gif'])

/** Whether Slack would show what a `slack_file` names: it must be there, and a png, jpg or gif. */
export const isPictureIn =
  (workspace: Workspace) =>
  (ref: JsonObject): boolean =>
    SHOWN_AS_IMAGE.has(String(namedBy(workspace, ref)?.info.filetype))

/** Whether the bot's token has a scope for files; a workspace that names no scopes gives all. */
export const mayDo = (workspace: Workspace, scope: 'files:read' | 'files:write') =>
  workspace.scopes?.includes(scope) ?? true

/** Without `files:read` Slack gives a bot no file; a workspace that names no scopes gives all. */
export const mayRead = (workspace: Workspace) => mayDo(workspace, 'files:read')
