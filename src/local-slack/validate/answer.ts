/** Checks of the bot's HTTP responses to a command, an action or a submitted view. */

import { isJsonObject, type JsonObject } from '../json.js'
import {
  addError,
  boolean,
  type Check,
  type CheckContext,
  type IsPicture,
  object,
  oneOf,
  optional,
  string,
} from './check.js'
import { refuseMessage } from './message.js'
import { type Refusal, refuseView } from './view.js'

const anything: Check = () => {}

const messageAnswer = object({
  text: optional(string(40_000, 0)),
  blocks: optional(anything),
  attachments: optional(anything),
  metadata: optional(anything),
  thread_ts: optional(string(64)),
  mrkdwn: optional(boolean),
  response_type: optional(oneOf('ephemeral', 'in_channel')),
  replace_original: optional(boolean),
  delete_original: optional(boolean),
  unfurl_links: optional(boolean),
  unfurl_media: optional(boolean),
})

/** Why Slack would refuse this response to a slash command or post to a response_url; undefined when it would accept it. */
export function refuseMessageAnswer(body: JsonObject, isPicture?: IsPicture): Refusal | undefined {
  const context: CheckContext = { surface: 'message', errors: [] }
  messageAnswer(body, '', context)
  if (context.errors.length > 0) return { error: 'invalid_payload', messages: context.errors }
  return body.delete_original === true ? undefined : refuseMessage(body, isPicture)
}

/** Why Slack would refuse this response to view_submission, for a view with these blocks; undefined when it would accept it. */
export function refuseViewAnswer(body: JsonObject, blocks: JsonObject[], isPicture?: IsPicture): Refusal | undefined {
  const context: CheckContext = { surface: 'modal', errors: [] }
  oneOf('errors', 'update', 'push', 'clear')(body.response_action, '/response_action', context)
  if (body.response_action === 'update' || body.response_action === 'push')
    return refuseView(body.view, 'modal', isPicture)
  if (body.response_action === 'errors') {
    const inputs = new Set(blocks.filter((one) => one.type === 'input').map((one) => one.block_id))
    const errors = isJsonObject(body.errors) ? Object.entries(body.errors) : []
    if (errors.length === 0) addError(context, '/errors', 'must name at least one block')
    for (const [blockId, message] of errors) {
      if (!inputs.has(blockId))
        addError(context, `/errors/${blockId}`, 'is not the block_id of an input block in the view')
      if (typeof message !== 'string' || message === '')
        addError(context, `/errors/${blockId}`, 'must be a string with words')
    }
  }
  return context.errors.length > 0 ? { error: 'invalid_response', messages: context.errors } : undefined
}
