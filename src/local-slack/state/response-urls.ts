/** response_urls and the messages that a bot sends in answer. https://docs.slack.dev/interactivity/handling-user-interaction */
import type { JsonObject } from '../json.js'
import { isMember } from './channels.js'
import { addMessage } from './messages.js'
import type { ResponseUrl, Workspace } from './workspace.js'

export const MAX_RESPONSE_URL_USES = 5
export const RESPONSE_URL_LIFETIME_MS = 30 * 60_000

export function newResponseUrl(
  workspace: Workspace,
  baseUrl: string,
  target: Omit<ResponseUrl, 'uses' | 'issued'>,
): string {
  const token = `${workspace.newId('R')}${workspace.newHash().split('.')[1]}`
  workspace.responseUrls.set(token, { ...target, uses: 0, issued: workspace.now().getTime() })
  return `${baseUrl}/respond/${token}`
}

/** Posts the bot's answer into the conversation: ephemeral unless it says `in_channel`. */
export function postAnswer(workspace: Workspace, to: { channel: string; userId: string }, body: JsonObject) {
  const isPublic = body.response_type === 'in_channel' && isMember(workspace, to.channel, to.userId)
  const { text, blocks, thread_ts: threadTs } = body
  const message = { channel: to.channel, user: workspace.botUserId, text, blocks, threadTs }
  return addMessage(workspace, isPublic ? message : { ...message, onlyFor: to.userId })
}
