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

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
const isOf = (body: unknown, type: string): body is Record<string, unknown> => isObject(body) && body.type === type
const hasUser = ({ user }: Record<string, unknown>): boolean => isObject(user) && typeof user.id === 'string'

/**
 * Type guards that check only the parts without which a payload cannot be handled: hundreds of forms may arrive at
 * once.
 */
export const isCommand = (body: unknown): body is CommandBody =>
  isObject(body) && typeof body.command === 'string' && typeof body.user_id === 'string'
export const isAction = (body: unknown): body is ActionBody =>
  isOf(body, 'block_actions') && hasUser(body) && Array.isArray(body.actions)
export const isViewSubmission = (body: unknown): body is ViewBody =>
  isOf(body, 'view_submission') && hasUser(body) && isObject(body.view)
export const isViewClosed = (body: unknown): body is ViewBody =>
  isOf(body, 'view_closed') && hasUser(body) && isObject(body.view)
export const isShortcut = (body: unknown): body is ShortcutBody => isOf(body, 'message_action') && hasUser(body)
export const isEvent = (body: unknown): body is EventBody => isOf(body, 'event_callback') && isObject(body.event)
