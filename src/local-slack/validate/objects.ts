/** Composition objects: https://docs.slack.dev/reference/block-kit/composition-objects */
import {
  boolean,
  type Check,
  fault,
  isObj,
  list,
  matching,
  may,
  need,
  type Obj,
  oneOf,
  shape,
  string,
} from './check.js'

export const plain = (max: number): Check => {
  const fields = shape({ text: need(string(max)), emoji: may(boolean) })
  return (value, at, context) => {
    if (isObj(value) && value.type !== 'plain_text') fault(context, `${at}/type`, 'must be plain_text')
    fields(value, at, context)
  }
}

export const text = (max: number): Check => {
  const asPlain = plain(max)
  const asMrkdwn = shape({ text: need(string(max)), verbatim: may(boolean) })
  return (value, at, context) => {
    if (!isObj(value)) return fault(context, at, 'must provide an object')
    if (value.type === 'mrkdwn') return asMrkdwn(value, at, context)
    if (value.type === 'plain_text') return asPlain(value, at, context)
    fault(context, `${at}/type`, 'must be plain_text or mrkdwn')
  }
}

export const url = (max = 3000): Check =>
  matching(
    new RegExp(`^(https?|mailto|tel|slack):[^\\s]{1,${max}}$`),
    `must be a valid URL of at most ${max} characters`,
  )

export const confirm = shape({
  title: need(plain(100)),
  text: need(text(300)),
  confirm: need(plain(30)),
  deny: need(plain(30)),
  style: may(oneOf('primary', 'danger')),
})

export const option = (words: 'plain' | 'any', extra: 'url' | 'none' = 'none'): Check =>
  shape({
    text: need(words === 'plain' ? plain(75) : text(75)),
    value: need(string(75)),
    description: may(words === 'plain' ? plain(75) : text(75)),
    ...(extra === 'url' ? { url: may(url()) } : {}),
  })

export const optionGroup = shape({ label: need(plain(75)), options: need(list(option('plain'), 1, 100)) })

export const filter = shape({
  include: may(list(oneOf('im', 'mpim', 'private', 'public'), 1, 4)),
  exclude_external_shared_channels: may(boolean),
  exclude_bot_users: may(boolean),
})

export const dispatchConfig = shape({
  trigger_actions_on: may(list(oneOf('on_enter_pressed', 'on_character_entered'), 1, 2)),
})

/** A file of the workspace that is a picture, by one of its names: more than one is refused. */
export const slackFile = shape({ id: may(string(255)), url: may(url()) }, (value, at, context) => {
  const named = (value.id === undefined) !== (value.url === undefined)
  if (!named || context.isPicture?.(value) === false) fault(context, at, 'invalid slack file')
})

const OWN_MACHINE = /^https?:\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:|\/|$)/i
const address = url()

/** Slack itself fetches the picture, without a token: what only this machine or a member can reach it can't. */
export const imageUrl: Check = (value, at, context) => {
  address(value, at, context)
  if (typeof value === 'string' && OWN_MACHINE.test(value)) fault(context, at, 'downloading image failed')
}

/** Every option an element offers, groups flattened. */
export function optionsOf(element: Obj): Obj[] {
  const groups = Array.isArray(element.option_groups) ? element.option_groups.filter(isObj) : []
  const lists = [element.options, ...groups.map((group) => group.options)]
  return lists.flatMap((options) => (Array.isArray(options) ? options.filter(isObj) : []))
}

const signature = (option: Obj) => `${option.value}\n${isObj(option.text) ? option.text.text : ''}`

/** What is chosen at the start must be, to the letter, among what is offered. */
export const initialAmongOptions = (element: Obj, at: string, context: Parameters<Check>[2]) => {
  const offered = new Set(optionsOf(element).map(signature))
  const chosen = [element.initial_option, ...(Array.isArray(element.initial_options) ? element.initial_options : [])]
  for (const one of chosen.filter(isObj))
    if (!offered.has(signature(one))) fault(context, at, 'initial option must match one of the options exactly')
}
