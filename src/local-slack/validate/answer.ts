/** What a bot may put into the HTTP answer to a command, an action or a submitted view. */

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

/** The body of an answer to a slash command, or of a post to a response_url. */
export function refuseMessageAnswer(body: JsonObject, isPicture?: IsPicture): Refusal | undefined {
  const context: CheckContext = { surface: 'message', errors: [] }
  messageAnswer(body, '', context)
  if (context.errors.length > 0) return { error: 'invalid_payload', messages: context.errors }
  return body.delete_original === true ? undefined : refuseMessage(body, isPicture)
}

/** The body of an answer to view_submission, for a view that has these blocks. */
export function refuseViewAnswer(body: JsonObject, blocks: JsonObject[], isPicture?: IsPicture): Refusal | undefined {
  const context: CheckContext = { surface: 'modal', errors: [] }
  oneOf('errors', 'update', 'push', 'clear')(body.response_action, '/response_action', context)
  if (body.response_action === 'update' || body.response_action === 'push')
    return refuseView(body.view, 'modal', isPicture)
  if (body.response_action === 'errors') {
    const inputs = new Set(blocks.filter((one) => one.type === 'input').map((one) => one.block_id))
    const errors = isJsonObject(body.errors) ? Object.entries(body.errors) : []
    if (errors.length === 0) addError(context, '/errors', 'must name at least one block')
    for (const [blockId, words] of errors) {
      if (!inputs.has(blockId))
        addError(context, `/errors/${blockId}`, 'is not the block_id of an input block in the view')
      if (typeof words !== 'string' || words === '')
        addError(context, `/errors/${blockId}`, 'must be a string with words')
    }
  }
  return context.errors.length > 0 ? { error: 'invalid_response', messages: context.errors } : undefined
}
