/** Payloads as Slack shapes them. https://docs.slack.dev/reference/interaction-payloads */

import { newResponseUrl } from '../server/response-url.js'
import { channelName } from '../state/channels.js'
import { stateOf } from '../state/form-state.js'
import { asSlack } from '../state/messages.js'
import { newTrigger, viewAsSlack } from '../state/views.js'
import type { Message, View, World } from '../state/workspace.js'
import type { Obj } from '../validate/check.js'

const TOKEN = 'legacy-verification-token'

const userName = (world: World, userId: string) =>
  (world.users.get(userId)?.email ?? userId).split('@')[0]?.toLowerCase() ?? userId

function common(world: World, userId: string): Obj {
  const name = userName(world, userId)
  return {
    user: { id: userId, username: name, name, team_id: world.teamId },
    api_app_id: world.appId,
    token: TOKEN,
    team: { id: world.teamId, domain: world.teamName },
    enterprise: null,
    is_enterprise_install: false,
  }
}

export function commandPayload(world: World, baseUrl: string, userId: string, channel: string, line: string): Obj {
  const [command, ...rest] = line.trim().split(' ')
  return {
    token: TOKEN,
    team_id: world.teamId,
    team_domain: world.teamName,
    channel_id: channel,
    channel_name: channelName(world, channel),
    user_id: userId,
    user_name: userName(world, userId),
    command: command ?? '',
    text: rest.join(' '),
    api_app_id: world.appId,
    is_enterprise_install: 'false',
    response_url: newResponseUrl(world, baseUrl, { userId, channel }),
    trigger_id: newTrigger(world, userId),
  }
}

export function messageActionPayload(
  world: World,
  baseUrl: string,
  userId: string,
  message: Message,
  action: Obj,
): Obj {
  const { channel, ts } = message
  const isEphemeral = message.onlyFor !== undefined
  return {
    type: 'block_actions',
    ...common(world, userId),
    container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: isEphemeral },
    trigger_id: newTrigger(world, userId),
    channel: { id: channel, name: channelName(world, channel) },
    ...(isEphemeral ? {} : { message: asSlack(world, message) }),
    state: stateOf(message.blocks, message.changes[userId] ?? {}),
    response_url: newResponseUrl(world, baseUrl, { userId, channel, messageTs: ts }),
    actions: [action],
  }
}

export interface Chosen {
  userId: string
  message: Message
  callbackId: string
}

/** https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload */
export function shortcutPayload(world: World, baseUrl: string, { userId, message, callbackId }: Chosen): Obj {
  const { channel, ts } = message
  return {
    type: 'message_action',
    ...common(world, userId),
    action_ts: world.newTs(),
    callback_id: callbackId,
    trigger_id: newTrigger(world, userId),
    response_url: newResponseUrl(world, baseUrl, { userId, channel }),
    message_ts: ts,
    channel: { id: channel, name: channelName(world, channel) },
    message: asSlack(world, message),
  }
}

export function viewActionPayload(world: World, userId: string, view: View, action: Obj): Obj {
  return {
    type: 'block_actions',
    ...common(world, userId),
    container: { type: 'view', view_id: view.id },
    trigger_id: newTrigger(world, userId, view.kind === 'modal'),
    view: viewAsSlack(world, view),
    actions: [action],
  }
}

export function submissionPayload(world: World, userId: string, view: View): Obj {
  return {
    type: 'view_submission',
    ...common(world, userId),
    trigger_id: newTrigger(world, userId, true),
    view: viewAsSlack(world, view),
    response_urls: [],
  }
}

export function closedPayload(world: World, userId: string, view: View, isCleared: boolean): Obj {
  return { type: 'view_closed', ...common(world, userId), view: viewAsSlack(world, view), is_cleared: isCleared }
}

export function eventPayload(world: World, event: Obj, eventId = world.newId('Ev')): Obj {
  return {
    token: TOKEN,
    team_id: world.teamId,
    api_app_id: world.appId,
    event: { event_ts: world.newTs(), ...event },
    type: 'event_callback',
    event_id: eventId,
    event_time: Math.floor(world.now().getTime() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: world.teamId,
        user_id: world.botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
    event_context: '1-message',
  }
}
