/** What a bot may put into the HTTP answer to a command, an action or a submitted view. */
import {
  boolean,
  type Check,
  type Context,
  fault,
  type IsPicture,
  isObj,
  may,
  type Obj,
  oneOf,
  shape,
  string,
} from './check.js'
import { refuseMessage } from './message.js'
import { type Refusal, refuseView } from './view.js'

const anything: Check = () => {}

const messageAnswer = shape({
  text: may(string(40_000, 0)),
  blocks: may(anything),
  attachments: may(anything),
  metadata: may(anything),
  thread_ts: may(string(64)),
  mrkdwn: may(boolean),
  response_type: may(oneOf('ephemeral', 'in_channel')),
  replace_original: may(boolean),
  delete_original: may(boolean),
  unfurl_links: may(boolean),
  unfurl_media: may(boolean),
})

/** The body of an answer to a slash command, or of a post to a response_url. */
export function refuseMessageAnswer(body: Obj, isPicture?: IsPicture): Refusal | undefined {
  const context: Context = { surface: 'message', faults: [] }
  messageAnswer(body, '', context)
  if (context.faults.length > 0) return { error: 'invalid_payload', messages: context.faults }
  return body.delete_original === true ? undefined : refuseMessage(body, isPicture)
}

/** The body of an answer to view_submission, for a view that has these blocks. */
export function refuseViewAnswer(body: Obj, blocks: Obj[], isPicture?: IsPicture): Refusal | undefined {
  const context: Context = { surface: 'modal', faults: [] }
  oneOf('errors', 'update', 'push', 'clear')(body.response_action, '/response_action', context)
  if (body.response_action === 'update' || body.response_action === 'push')
    return refuseView(body.view, 'modal', isPicture)
  if (body.response_action === 'errors') {
    const inputs = new Set(blocks.filter((one) => one.type === 'input').map((one) => one.block_id))
    const errors = isObj(body.errors) ? Object.entries(body.errors) : []
    if (errors.length === 0) fault(context, '/errors', 'must name at least one block')
    for (const [blockId, words] of errors) {
      if (!inputs.has(blockId))
        fault(context, `/errors/${blockId}`, 'is not the block_id of an input block in the view')
      if (typeof words !== 'string' || words === '') fault(context, `/errors/${blockId}`, 'must be a string with words')
    }
  }
  return context.faults.length > 0 ? { error: 'invalid_response', messages: context.faults } : undefined
}
