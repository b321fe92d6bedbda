/** The parts of Slack's payloads that are read (docs.slack.dev, "Interaction payloads"); everything else is ignored. */
export interface CommandBody {
  command: string
  text?: string
  user_id: string
  trigger_id: string
  response_url?: string
}

export interface View {
  id: string
  type?: string
  hash?: string
  callback_id: string
  private_metadata?: string
  previous_view_id?: string | null
  blocks: { type: string; block_id?: string }[]
  state?: { values: Record<string, Record<string, StateValue>> }
}

interface StateValue {
  type: string
  value?: string | null
  selected_date?: string | null
  selected_option?: { value: string } | null
  selected_options?: { value: string }[]
  files?: unknown
}

export interface ActionBody {
  type: 'block_actions'
  user: { id: string }
  trigger_id?: string
  response_url?: string
  container?: { type?: string; message_ts?: string; is_ephemeral?: boolean }
  view?: View
  actions: { action_id: string; value?: string; selected_option?: { value: string } | null; action_ts?: string }[]
}

export interface ViewBody {
  type: 'view_submission' | 'view_closed'
  user: { id: string }
  view: View
}

/** Something that a person chose from the menu of a message (docs.slack.dev, message shortcuts). */
export interface ShortcutBody {
  type: 'message_action'
  callback_id: string
  user: { id: string }
  trigger_id: string
  action_ts?: string
  response_url?: string
  message?: { text?: string; files?: unknown }
}

export interface EventBody {
  type: 'event_callback'
  event_id?: string
  event: {
    type?: string
    user?: string
    tab?: string
    channel?: string
    channel_type?: string
    subtype?: string
    bot_id?: string
    text?: string
    files?: unknown
  }
}

/** Thrown for a payload of a known type that lacks a part which that type has. Tells nothing of the payload. */
export class MalformedPayload extends Error {
  constructor() {
    super('a payload is malformed')
  }
}

type Members = Record<string, unknown>

const isObject = (value: unknown): value is Members => typeof value === 'object' && value !== null
const isAbsent = (value: unknown): value is null | undefined => value === undefined || value === null
const isOf = (body: unknown, type: string): body is Members => isObject(body) && body.type === type
const hasUser = ({ user }: Members): boolean => isObject(user) && isName(user.id)
const isName = (value: unknown): boolean => typeof value === 'string' && value !== ''
function areTexts(of: Members, ...names: readonly string[]): boolean {
  for (const name of names) if (!isAbsent(of[name]) && typeof of[name] !== 'string') return false
  return true
}

function isView(view: unknown): boolean {
  if (!isObject(view) || !isName(view.id) || !Array.isArray(view.blocks) || !view.blocks.every(isObject)) return false
  const { state } = view
  return (
    areTexts(view, 'callback_id', 'type', 'hash', 'private_metadata', 'previous_view_id') &&
    (isAbsent(state) || (isObject(state) && areValues(state.values)))
  )
}

/** The fields of a form: elements by their block, of which the first is read. */
function areValues(values: unknown): boolean {
  if (!isObject(values)) return false
  for (const block in values) {
    const elements = values[block]
    if (isAbsent(elements)) continue
    if (!isObject(elements)) return false
    for (const element in elements) {
      if (!isField(elements[element])) return false
      break
    }
  }
  return true
}

const isField = (field: unknown): boolean =>
  isAbsent(field) ||
  (isObject(field) &&
    (isAbsent(field.selected_options) ||
      (Array.isArray(field.selected_options) && field.selected_options.every(isObject))))

const isPressed = (action: unknown): boolean =>
  isObject(action) &&
  typeof action.action_id === 'string' &&
  areTexts(action, 'value', 'action_ts') &&
  (isAbsent(action.selected_option) || (isObject(action.selected_option) && areTexts(action.selected_option, 'value')))

/** Type guards that check every part that is read, by hand: hundreds of forms may arrive at once. */
export const isCommand = (body: unknown): body is CommandBody =>
  isObject(body) &&
  typeof body.command === 'string' &&
  isName(body.user_id) &&
  areTexts(body, 'text', 'trigger_id', 'response_url')
export const isAction = (body: unknown): body is ActionBody =>
  isOf(body, 'block_actions') &&
  hasUser(body) &&
  Array.isArray(body.actions) &&
  body.actions.every(isPressed) &&
  areTexts(body, 'trigger_id', 'response_url') &&
  (isAbsent(body.container) || isObject(body.container)) &&
  (isAbsent(body.view) || isView(body.view))
export const isViewSubmission = (body: unknown): body is ViewBody =>
  isOf(body, 'view_submission') && hasUser(body) && isView(body.view)
export const isViewClosed = (body: unknown): body is ViewBody =>
  isOf(body, 'view_closed') && hasUser(body) && isView(body.view)
export const isShortcut = (body: unknown): body is ShortcutBody =>
  isOf(body, 'message_action') &&
  hasUser(body) &&
  typeof body.callback_id === 'string' &&
  areTexts(body, 'trigger_id', 'action_ts', 'response_url') &&
  (isAbsent(body.message) || (isObject(body.message) && areTexts(body.message, 'text')))
export const isEvent = (body: unknown): body is EventBody =>
  isOf(body, 'event_callback') &&
  isObject(body.event) &&
  typeof body.event.type === 'string' &&
  (!isSubscribed(body.event) ||
    areTexts(body.event, 'user', 'tab', 'channel', 'channel_type', 'subtype', 'bot_id', 'text'))

/** The events that the bot reads (manifests/slack.json). */
const isSubscribed = (event: Members): boolean => event.type === 'message' || event.type === 'app_home_opened'

const guards: Readonly<Record<string, (body: unknown) => boolean>> = {
  block_actions: isAction,
  view_submission: isViewSubmission,
  view_closed: isViewClosed,
  message_action: isShortcut,
  event_callback: isEvent,
}

/** Whether a payload has what its type promises. A payload of a type that nothing here knows only needs that type. */
export function isWellFormed(body: unknown): boolean {
  if (!isObject(body)) return false
  if (body.type === undefined) return isCommand(body)
  return typeof body.type === 'string' && (!Object.hasOwn(guards, body.type) || guards[body.type]?.(body) === true)
}

/** Whether anything handles a payload that is well-formed. */
export const isHandled = (body: unknown): boolean =>
  isObject(body) &&
  (body.type === undefined ||
    (Object.hasOwn(guards, String(body.type)) &&
      (body.type !== 'event_callback' || (isObject(body.event) && isSubscribed(body.event)))))
