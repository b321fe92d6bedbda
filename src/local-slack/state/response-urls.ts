import type { JsonObject } from '../json.js'
import { isMember } from './channels.js'
import { post } from './messages.js'
import type { ResponseUrl, Workspace } from './workspace.js'

export const LIFETIME_MS = 30 * 60000
export function newResponseUrl(
  workspace: Workspace,
  baseUrl: string,
  at: Omit<ResponseUrl, 'uses' | 'issued'>,
): string {
  const token = `${workspace.newId('R')}${workspace.newHash().split('.')[1]}`
  workspace.responseUrls.set(token, { ...at, uses: 0, issued: workspace.now().getTime() })
  return `${baseUrl}/respond/${token}`
}
/** Says what the bot answered into the conversation: an ephemeral message unless it says otherwise. */
export function sayAnswer(workspace: Workspace, where: { channel: string; userId: string }, body: JsonObject) {
  const open = body.response_type === 'in_channel' && isMember(workspace, where.channel, where.userId)
  const { text, blocks, thread_ts: threadTs } = body
  const draft = { channel: where.channel, user: workspace.botUserId, text, blocks, threadTs }
  return post(workspace, { ...draft, ...(open ? {} : { onlyFor: where.userId }) })
}
