/** The payloads that Slack sends: https://docs.slack.dev/reference/interaction-payloads */
import type { JsonObject } from '../json.js'
import { channelName } from '../state/channels.js'
import { stateOf } from '../state/form-state.js'
import { messageAsSlack } from '../state/messages.js'
import { newResponseUrl } from '../state/response-urls.js'
import { newTrigger, viewAsSlack } from '../state/views.js'
import type { Message, View, Workspace } from '../state/workspace.js'

const TOKEN = 'legacy-verification-token'

const userName = (workspace: Workspace, userId: string) =>
  (workspace.users.get(userId)?.email ?? userId).split('@')[0]?.toLowerCase() ?? userId

function common(workspace: Workspace, userId: string): JsonObject {
  const name = userName(workspace, userId)
  return {
    user: { id: userId, username: name, name, team_id: workspace.teamId },
    api_app_id: workspace.appId,
    token: TOKEN,
    team: { id: workspace.teamId, domain: workspace.teamName },
    enterprise: null,
    is_enterprise_install: false,
  }
}

export function commandPayload(
  workspace: Workspace,
  baseUrl: string,
  userId: string,
  channel: string,
  line: string,
): JsonObject {
  const [command, ...rest] = line.trim().split(' ')
  return {
    token: TOKEN,
    team_id: workspace.teamId,
    team_domain: workspace.teamName,
    channel_id: channel,
    channel_name: channelName(workspace, channel),
    user_id: userId,
    user_name: userName(workspace, userId),
    command: command ?? '',
    text: rest.join(' '),
    api_app_id: workspace.appId,
    is_enterprise_install: 'false',
    response_url: newResponseUrl(workspace, baseUrl, { userId, channel }),
    trigger_id: newTrigger(workspace, userId),
  }
}

export function messageActionPayload(
  workspace: Workspace,
  baseUrl: string,
  userId: string,
  message: Message,
  action: JsonObject,
): JsonObject {
  const { channel, ts } = message
  const isEphemeral = message.onlyFor !== undefined
  return {
    type: 'block_actions',
    ...common(workspace, userId),
    container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: isEphemeral },
    trigger_id: newTrigger(workspace, userId),
    channel: { id: channel, name: channelName(workspace, channel) },
    ...(isEphemeral ? {} : { message: messageAsSlack(workspace, message) }),
    state: stateOf(message.blocks, message.changes[userId] ?? {}),
    response_url: newResponseUrl(workspace, baseUrl, { userId, channel, messageTs: ts }),
    actions: [action],
  }
}

interface ShortcutUse {
  userId: string
  message: Message
  callbackId: string
}

/** https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload */
export function shortcutPayload(
  workspace: Workspace,
  baseUrl: string,
  { userId, message, callbackId }: ShortcutUse,
): JsonObject {
  const { channel, ts } = message
  return {
    type: 'message_action',
    ...common(workspace, userId),
    action_ts: workspace.newTs(),
    callback_id: callbackId,
    trigger_id: newTrigger(workspace, userId),
    response_url: newResponseUrl(workspace, baseUrl, { userId, channel }),
    message_ts: ts,
    channel: { id: channel, name: channelName(workspace, channel) },
    message: messageAsSlack(workspace, message),
  }
}

export function viewActionPayload(workspace: Workspace, userId: string, view: View, action: JsonObject): JsonObject {
  return {
    type: 'block_actions',
    ...common(workspace, userId),
    container: { type: 'view', view_id: view.id },
    trigger_id: newTrigger(workspace, userId, view.kind === 'modal'),
    view: viewAsSlack(workspace, view),
    actions: [action],
  }
}

export function submissionPayload(workspace: Workspace, userId: string, view: View): JsonObject {
  return {
    type: 'view_submission',
    ...common(workspace, userId),
    trigger_id: newTrigger(workspace, userId, true),
    view: viewAsSlack(workspace, view),
    response_urls: [],
  }
}

export function closedPayload(workspace: Workspace, userId: string, view: View, isCleared: boolean): JsonObject {
  return {
    type: 'view_closed',
    ...common(workspace, userId),
    view: viewAsSlack(workspace, view),
    is_cleared: isCleared,
  }
}

export function eventPayload(workspace: Workspace, event: JsonObject, eventId = workspace.newId('Ev')): JsonObject {
  return {
    token: TOKEN,
    team_id: workspace.teamId,
    api_app_id: workspace.appId,
    event: { event_ts: workspace.newTs(), ...event },
    type: 'event_callback',
    event_id: eventId,
    event_time: Math.floor(workspace.now().getTime() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: workspace.teamId,
        user_id: workspace.botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
    event_context: '1-message',
  }
}
