/** Composition objects: https://docs.slack.dev/reference/block-kit/composition-objects */

import { isJsonObject, type JsonObject, objectsIn } from '../json.js'
import {
  addError,
  boolean,
  type Check,
  type CheckContext,
  list,
  matching,
  object,
  oneOf,
  optional,
  required,
  string,
} from './check.js'

export const plain = (max: number): Check => {
  const fields = object({ text: required(string(max)), emoji: optional(boolean) })
  return (value, at, context) => {
    if (isJsonObject(value) && value.type !== 'plain_text') addError(context, `${at}/type`, 'must be plain_text')
    fields(value, at, context)
  }
}

export const text = (max: number): Check => {
  const asPlain = plain(max)
  const asMrkdwn = object({ text: required(string(max)), verbatim: optional(boolean) })
  return (value, at, context) => {
    if (!isJsonObject(value)) return addError(context, at, 'must provide an object')
    if (value.type === 'mrkdwn') return asMrkdwn(value, at, context)
    if (value.type === 'plain_text') return asPlain(value, at, context)
    addError(context, `${at}/type`, 'must be plain_text or mrkdwn')
  }
}

export const url = (max = 3000): Check =>
  matching(
    new RegExp(`^(https?|mailto|tel|slack):[^\\s]{1,${max}}$`),
    `must be a valid URL of at most ${max} characters`,
  )

export const confirm = object({
  title: required(plain(100)),
  text: required(text(300)),
  confirm: required(plain(30)),
  deny: required(plain(30)),
  style: optional(oneOf('primary', 'danger')),
})

export const option = (texts: 'plain' | 'any', extra: 'url' | 'none' = 'none'): Check =>
  object({
    text: required(texts === 'plain' ? plain(75) : text(75)),
    value: required(string(75)),
    description: optional(texts === 'plain' ? plain(75) : text(75)),
    ...(extra === 'url' ? { url: optional(url()) } : {}),
  })

export const optionGroup = object({ label: required(plain(75)), options: required(list(option('plain'), 1, 100)) })

export const filter = object({
  include: optional(list(oneOf('im', 'mpim', 'private', 'public'), 1, 4)),
  exclude_external_shared_channels: optional(boolean),
  exclude_bot_users: optional(boolean),
})

export const dispatchConfig = object({
  trigger_actions_on: optional(list(oneOf('on_enter_pressed', 'on_character_entered'), 1, 2)),
})

/** A picture of the workspace, named by its id or its URL but not by both. */
export const slackFile = object({ id: optional(string(255)), url: optional(url()) }, (value, at, context) => {
  const named = (value.id === undefined) !== (value.url === undefined)
  if (!named || context.isPicture?.(value) === false) addError(context, at, 'invalid slack file')
})

const OWN_MACHINE = /^https?:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:|\/|$)/i
const address = url()

/** The URL of a picture. Slack fetches it from outside and without a token, so it cannot be on this machine. */
export const imageUrl: Check = (value, at, context) => {
  address(value, at, context)
  if (typeof value === 'string' && OWN_MACHINE.test(value)) addError(context, at, 'downloading image failed')
}

/** All options of an element, those of its groups included. */
export function optionsOf(element: JsonObject): JsonObject[] {
  const groups = objectsIn(element.option_groups)
  return [element.options, ...groups.map((group) => group.options)].flatMap(objectsIn)
}

const signature = (option: JsonObject) => `${option.value}\n${isJsonObject(option.text) ? option.text.text : ''}`

/** Initial options must equal one of the offered options exactly. */
export const initialAmongOptions = (element: JsonObject, at: string, context: CheckContext) => {
  const offered = new Set(optionsOf(element).map(signature))
  const chosen = [element.initial_option, ...(Array.isArray(element.initial_options) ? element.initial_options : [])]
  for (const one of chosen.filter(isJsonObject))
    if (!offered.has(signature(one))) addError(context, at, 'initial option must match one of the options exactly')
}
