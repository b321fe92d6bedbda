import type { Request } from '../../commands/request.js'
import type { IncomingFile } from '../../core/attachment/attachment.js'
import { chosenInMenu } from '../render/menu.js'
import { withoutMark } from '../render/render.js'
import type { ActionBody, CommandBody, ShortcutBody, View, ViewBody } from './payload.js'
import { messageText, normalized, typed, withoutBotName } from './typed-text.js'

/** The files of a payload (docs.slack.dev, file object). Files shared by another workspace may have little more than an id. */
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
  text: withoutBotName(messageText(text)),
  files: filesOf(files),
})

export const fromShortcut = (body: ShortcutBody): Request => ({
  kind: 'shortcut',
  accountId: body.user.id,
  requestKey: body.action_ts ? `shortcut:${body.user.id}:${body.action_ts}` : null,
  id: body.callback_id,
  text: messageText(body.message?.text ?? ''),
  files: filesOf(body.message?.files),
})

export const fromCommand = (body: CommandBody): Request => ({
  kind: 'command',
  accountId: body.user_id,
  requestKey: body.trigger_id ? `command:${body.trigger_id}` : null,
  text: typed(body.text ?? ''),
})

/** The action id of every form field; no button has it. */
const FIELD = 'value'

export function fromAction(body: ActionBody): Request | undefined {
  const action = body.actions[0]
  if (!action) return undefined
  if (body.view?.type === 'modal' && action.action_id === FIELD)
    return autosave(body.user.id, body.view, Math.round(Number(action.action_ts ?? 0) * 1e6))
  const { id, value } = chosenInMenu(action.action_id, action.selected_option?.value) ?? {
    id: action.action_id.replace(/#\d+$/, ''),
    value: readJson(action.selected_option?.value ?? action.value),
  }
  return {
    kind: 'action',
    accountId: body.user.id,
    requestKey: action.action_ts ? `action:${body.user.id}:${action.action_ts}:${id}` : null,
    id,
    value,
    inPage: body.view?.type === 'modal',
  }
}

/** A form that was closed without being submitted. */
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
    if (typeof value === 'string') fields[withoutMark(block)] = normalized(value)
    if (state?.type === 'file_input') files[withoutMark(block)] = filesOf(state.files)
  }
  return {
    kind: 'form',
    accountId,
    // A page that becomes a form again keeps its id: the hash tells the second form from a repeated first one.
    requestKey: `${view.id}:${view.hash ?? ''}:${accountId}`,
    id: view.callback_id,
    fields,
    files,
    hidden: readJson(view.private_metadata),
  }
}

/** The value of a button or a form; undefined when it is not JSON, which is what the bot wrote into it. */
function readJson(text: string | undefined): unknown {
  if (!text) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
