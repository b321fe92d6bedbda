import type { Request } from '../commands/request.js'

/** The parts of Slack's payloads that are read; all else in them is left alone. */
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
}
export interface ActionBody {
  type: 'block_actions'
  user: { id: string }
  trigger_id?: string
  response_url?: string
  container?: { type?: string; message_ts?: string; is_ephemeral?: boolean }
  view?: View
  actions: { action_id: string; value?: string; action_ts?: string }[]
}
export interface ViewBody {
  type: 'view_submission' | 'view_closed'
  user: { id: string }
  view: View
}

/**
 * What was typed after `/thidua`, made plain: NFC, phones' smart quotes and non-breaking spaces as on a keyboard, escaped
 * signs as themselves. Line breaks stay.
 */
export function typed(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\u00a0\u2007\u202f]/g, ' ')
    .replace(/[\u200b-\u200d\ufeff\u2060]/g, '')
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/<(https?:[^|>]+)(?:\|[^>]*)?>/g, '$1')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .trim()
}

export const fromCommand = (body: CommandBody): Request => ({
  kind: 'command',
  accountId: body.user_id,
  requestKey: body.trigger_id ? `command:${body.trigger_id}` : null,
  text: typed(body.text ?? ''),
})

export function fromAction(body: ActionBody): Request | undefined {
  const action = body.actions[0]
  if (!action) return undefined
  return {
    kind: 'action',
    accountId: body.user.id,
    requestKey: action.action_ts ? `action:${body.user.id}:${action.action_ts}:${action.action_id}` : null,
    id: action.action_id.replace(/#\d+$/, ''),
    value: readJson(action.value),
    inPage: body.view?.type === 'modal',
  }
}

export function fromView(body: ViewBody): Request {
  const fields: Record<string, string> = {}
  for (const [block, elements] of Object.entries(body.view.state?.values ?? {})) {
    const state = Object.values(elements)[0]
    const value = state?.value ?? state?.selected_date ?? state?.selected_option?.value
    if (typeof value === 'string') fields[block] = value.normalize('NFC')
  }
  return {
    kind: 'form',
    accountId: body.user.id,
    requestKey: `${body.view.id}:${body.user.id}`,
    id: body.view.callback_id,
    fields,
    hidden: readJson(body.view.private_metadata),
  }
}

/** Text that came back from a button or a form; undefined when it is not what the bot put there. */
function readJson(text: string | undefined): unknown {
  if (!text) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
