import type { Request } from '../../commands/request.js'
import type { IncomingFile } from '../../core/attachment/attachment.js'
import { withoutMark } from '../render/render.js'

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

/** A message that something was chosen for in its menu (docs.slack.dev, message shortcuts). */
export interface ShortcutBody {
  type: 'message_action'
  callback_id: string
  user: { id: string }
  trigger_id: string
  action_ts?: string
  response_url?: string
  message?: { text?: string; files?: unknown }
}

/** NFC, and no half of a sign, which a store would keep as another one. */
const whole = (text: string): string => text.normalize('NFC').toWellFormed()

/**
 * What was typed after `/thidua`, made plain: NFC, phones' smart quotes and non-breaking spaces as on a keyboard, escaped
 * signs as themselves. Line breaks stay.
 */
export function typed(text: string): string {
  return whole(text)
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

/** The text of a message to the bot without `/thidua` or `thidua` before it, which is optional there. */
export const withoutBotName = (text: string): string => text.replace(/^\/?thidua\b\s*/i, '')

/** As much of a text as weighs at most `max` units as JSON, where quotes and line breaks weigh double. */
export function fitJson(text: string, max: number): string {
  let cut = text
  for (let over = JSON.stringify(cut).length - max; over > 0; over = JSON.stringify(cut).length - max)
    cut = cut.slice(0, -Math.ceil(over / 6)).replace(/[\uD800-\uDBFF]$/, '')
  return cut
}

/** What stands in a message of anybody's: channels by their names, nobody called. */
const written = (text: string): string =>
  typed(
    text
      .replace(/<#\w+\|([^>]*)>/g, '#$1')
      .replace(/<[@!#][^>|]*\|([^>]*)>/g, '$1')
      .replace(/<[@!#][^>]*>/g, ''),
  )

/**
 * Files as a payload tells of them (docs.slack.dev, file object). Where other workspaces share them there may be little more
 * than the id; what is no file is left out.
 */
export function filesOf(value: unknown): IncomingFile[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((one: unknown): IncomingFile[] => {
    const {
      id,
      name,
      title,
      size,
      url_private_download: download,
      url_private: url,
    } = (one ?? {}) as Partial<SlackFile>
    if (typeof id !== 'string' || !/^\w{1,64}$/.test(id)) return []
    const called = [name, title].find((n): n is string => typeof n === 'string' && n !== '') ?? ''
    const at = [download, url].find((u): u is string => typeof u === 'string' && u !== '')
    return [{ id, name: called, ...(typeof size === 'number' ? { size } : {}), ...(at ? { url: at } : {}) }]
  })
}
type SlackFile = Record<'id' | 'name' | 'title' | 'size' | 'url_private_download' | 'url_private', unknown>

/** A message to the bot with files. */
export const fromFiles = (accountId: string, eventId: string, text: string, files: unknown): Request => ({
  kind: 'files',
  accountId,
  requestKey: `event:${eventId}`,
  text: withoutBotName(written(text)),
  files: filesOf(files),
})

export const fromShortcut = (body: ShortcutBody): Request => ({
  kind: 'shortcut',
  accountId: body.user.id,
  requestKey: body.action_ts ? `shortcut:${body.user.id}:${body.action_ts}` : null,
  id: body.callback_id,
  text: written(body.message?.text ?? ''),
  files: filesOf(body.message?.files),
})

export const fromCommand = (body: CommandBody): Request => ({
  kind: 'command',
  accountId: body.user_id,
  requestKey: body.trigger_id ? `command:${body.trigger_id}` : null,
  text: typed(body.text ?? ''),
})

/** What a field of a form calls its element; nothing that is pressed has this name. */
const FIELD = 'value'

export function fromAction(body: ActionBody): Request | undefined {
  const action = body.actions[0]
  if (!action) return undefined
  if (body.view?.type === 'modal' && action.action_id === FIELD)
    return autosave(body.user.id, body.view, Math.round(Number(action.action_ts ?? 0) * 1e6))
  return {
    kind: 'action',
    accountId: body.user.id,
    requestKey: action.action_ts ? `action:${body.user.id}:${action.action_ts}:${action.action_id}` : null,
    id: action.action_id.replace(/#\d+$/, ''),
    value: readJson(action.selected_option?.value ?? action.value),
    inPage: body.view?.type === 'modal',
  }
}

/** A form that was closed before it was sent. */
export const fromClosed = (body: ViewBody): Request => autosave(body.user.id, body.view, null)

function autosave(accountId: string, view: View, micros: number | null): Request {
  const { files: _, ...form } = ofForm(accountId, view)
  return { ...form, kind: 'autosave', micros }
}

export const fromView = (body: ViewBody): Request => ofForm(body.user.id, body.view)

function ofForm(accountId: string, view: View): Extract<Request, { kind: 'form' }> {
  const fields: Record<string, string> = {}
  const files: Record<string, IncomingFile[]> = {}
  for (const [block, elements] of Object.entries(view.state?.values ?? {})) {
    const state = Object.values(elements ?? {})[0]
    const ticked = state?.selected_options?.map((o) => o.value).join('\n')
    const value = state?.value ?? state?.selected_date ?? state?.selected_option?.value ?? ticked
    if (typeof value === 'string') fields[withoutMark(block)] = whole(value)
    if (state?.type === 'file_input') files[withoutMark(block)] = filesOf(state.files)
  }
  return {
    kind: 'form',
    accountId,
    requestKey: `${view.id}:${accountId}`,
    id: view.callback_id,
    fields,
    files,
    hidden: readJson(view.private_metadata),
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
