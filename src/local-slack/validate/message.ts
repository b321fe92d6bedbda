/** Messages: https://docs.slack.dev/reference/methods/chat.postMessage */

import { isJsonObject, type JsonObject, objectsIn } from '../json.js'
import { blockErrors, MAX_MESSAGE_CHARACTERS } from './blocks.js'
import type { IsPicture } from './check.js'
import { textLength } from './tables.js'
import type { Refusal } from './view.js'

/** Slack truncates longer texts, so a bot that sends one loses content. */
const MAX_TEXT = 40_000

const present = (value: unknown) => (Array.isArray(value) ? value.length > 0 : value !== undefined && value !== '')

/** Why Slack would refuse this message; undefined when it would accept it. */
export function refuseMessage(message: JsonObject, isPicture?: IsPicture): Refusal | undefined {
  const { text, blocks, attachments, metadata } = message
  if (text !== undefined && typeof text !== 'string')
    return { error: 'invalid_arguments', messages: ['[ERROR] must be a string [json-pointer:/text]'] }
  if (!present(text) && !present(blocks) && !present(attachments)) return { error: 'no_text', messages: [] }
  if (typeof text === 'string' && text.length > MAX_TEXT) return { error: 'msg_too_long', messages: [] }
  if (blocks !== undefined) {
    const errors = blockErrors(blocks, 'message', '/blocks', isPicture)
    if (errors.length > 0) return { error: 'invalid_blocks', messages: errors }
    const markdown = objectsIn(blocks).filter((one) => one.type === 'markdown')
    if (textLength(blocks) - textLength(markdown) > MAX_MESSAGE_CHARACTERS)
      return { error: 'msg_blocks_too_long', messages: [] }
  }
  if (
    metadata !== undefined &&
    (!isJsonObject(metadata) || !metadata.event_type || !isJsonObject(metadata.event_payload))
  )
    return { error: 'invalid_metadata_format', messages: ['event_type and event_payload are required'] }
  return undefined
}
