/**
 * One person who uses the local Slack, for tests of whole conversations.
 *
 *     const lan = slack.as('U_LAN')
 *     await lan.command('/thidua nop a2')             // → {status, body, ms, error, messages, view}
 *     lan.modal()?.title                              // the open modal, with .fields, .buttons, .visibleText
 *     await lan.fill({ 'Kết quả': 'Huấn luyện 25/25', date_done: '2024-05-20' })
 *     const { errors, view, messages } = await lan.submit()
 *     await ha.click('Xác nhận')                      // the newest such button in the DM
 *     lan.messages().at(-1)?.visibleText              // all text of the last message in the DM
 *
 *     const photo = { name: 'anh.jpg', mimetype: 'image/jpeg', bytes }
 *     await lan.fill({ Ảnh: [photo] })                // uploads the file first; a file object works too
 *     await lan.say('', { files: [photo] })           // a message with files in the DM
 *     await lan.type('Kết quả', 'Huấn', { enter: true }) // sends block_actions if the field has dispatch_action
 *     await lan.shortcut('Dùng làm minh chứng')       // in the menu of the newest message
 *
 * A field is found by its label, block_id or action_id; a button by its label, action_id or value; an option by its text
 * or value. Every step waits until the bot is idle; `messages` are the messages that the person received meanwhile.
 * A step that is impossible in Slack (no such button or option, no open modal) throws an error that lists what there is.
 */
import type { Answer, DeliveryOptions } from '../bot-link/delivery.js'
import { type JsonObject, objectsIn } from '../json.js'
import { dmOf, visibleTo } from '../state/channels.js'
import type { Upload } from '../state/file.js'
import type { FieldEntry } from '../state/form-state.js'
import { stackOf, topView } from '../state/views.js'
import type { Message, View, Workspace } from '../state/workspace.js'
import type { UserActions } from './actions.js'
import { createFilling, type FieldInput } from './form-filling.js'
import {
  clickableElements,
  type MessageSnapshot,
  snapshotMessage,
  snapshotView,
  type ViewSnapshot,
  type Where,
} from './snapshot.js'
import { labelOf } from './visible-text.js'

export interface Step extends Partial<Answer> {
  /** New and changed messages that the person sees, including ephemeral ones. */
  messages: MessageSnapshot[]
  /** The top modal afterwards. */
  view: ViewSnapshot | undefined
}

export interface ClickOptions extends DeliveryOptions {
  /** Where to click; default: the open modal, or if there is none the messages of the DM, newest first. */
  in?: Where
  /** Limits the click to the message with this ts. */
  ts?: string
  /** Index among several matches; default 0. */
  nth?: number
  /** The option to choose in a select, overflow menu, checkboxes or radio buttons; a date for a date picker. */
  choose?: FieldEntry
  /** A channel other than the DM. */
  channel?: string
}

export interface ShortcutOptions extends DeliveryOptions {
  /** A channel other than the DM. */
  channel?: string
  /** The message's ts, or a part of its text or blocks. Default: the newest message. */
  ts?: string
  text?: string
}

export function createLocalUser(
  workspace: Workspace,
  actions: UserActions,
  settled: () => Promise<void>,
  userId: string,
) {
  const channelOf = (channel = 'dm') => (channel === 'dm' ? dmOf(userId) : channel)

  const messages = (channel = 'dm') =>
    visibleTo(workspace, channelOf(channel), userId).map((one) => snapshotMessage(workspace, one))
  const modal = () => {
    const view = topView(workspace, userId)
    return view && snapshotView(view)
  }

  async function step<T extends object>(work: () => Promise<T | undefined>): Promise<Step & T> {
    const touched = new Set<string>()
    const listener = (change: { kind: string; ts?: string }) => {
      if (change.kind === 'message' && change.ts) touched.add(change.ts)
    }
    workspace.listeners.add(listener)
    const result = await work()
    await settled()
    workspace.listeners.delete(listener)
    const received = workspace.messages.filter(
      (one) => touched.has(one.ts) && one.user !== userId && visibleTo(workspace, one.channel, userId).includes(one),
    )
    return { ...(result as T), messages: received.map((one) => snapshotMessage(workspace, one)), view: modal() }
  }

  function topModal(): View {
    const view = topView(workspace, userId)
    if (!view) throw new Error('No modal is open')
    return view
  }

  function target(name: string, options: ClickOptions) {
    const found = clickableElements(workspace, userId, channelOf(options.channel), options)
    // An option of an overflow menu is found by its own label.
    const hits = found.filter(
      ({ element, option }) =>
        labelOf(option ?? element) === name || (!option && (element.action_id === name || element.value === name)),
    )
    const matches =
      hits.length > 0 ? hits : found.filter(({ element, option }) => name && labelOf(option ?? element).includes(name))
    const hit = matches[options.nth ?? 0]
    if (hit) return hit
    const there = found.map(({ element, option }) => labelOf(option ?? element) || element.action_id).join(' | ')
    throw new Error(`Nothing to click called "${name}". There is: ${there || 'nothing'}`)
  }

  /** The message whose menu is opened; ephemeral messages have no menu. */
  function messageFor({ channel, ts, text }: ShortcutOptions): Message {
    const candidates = visibleTo(workspace, channelOf(channel), userId).filter((one) => !one.onlyFor)
    const matches = candidates.filter(
      (one) => (!ts || one.ts === ts) && (!text || snapshotMessage(workspace, one).visibleText.includes(text)),
    )
    const hit = matches.at(-1)
    if (!hit) throw new Error(`No such message to use a shortcut on, among ${candidates.length}`)
    return hit
  }

  function shortcutOf(name: string): string {
    const there = workspace.shortcuts.filter((one) => one.type === 'message')
    const hit = there.find((one) => one.name === name || one.callback_id === name)
    if (hit) return hit.callback_id
    throw new Error(`No shortcut "${name}". There is: ${there.map((one) => one.name).join(' | ') || 'none'}`)
  }

  const filling = createFilling(actions, userId, topModal)

  const optionOf = (element: JsonObject, choose: FieldEntry | undefined): JsonObject | undefined => {
    if (element.type !== 'overflow') return undefined
    const options = objectsIn(element.options)
    const option = options.find((one) => one.value === choose || labelOf(one) === choose)
    if (!option) throw new Error(`No option "${String(choose)}" in the overflow menu`)
    return option
  }

  return {
    id: userId,
    messages,
    modal,
    /** The stack of modals, the bottom one first. */
    modals: () => stackOf(workspace, userId).map(snapshotView),
    home: () => {
      const view = workspace.homes.get(userId)
      return view && snapshotView(view)
    },

    command: (line: string, { channel, ...options }: DeliveryOptions & { channel?: string } = {}) =>
      step<Answer>(() => actions.command(userId, line, channelOf(channel), options)),

    /** Posts a message in the DM or a channel; files given as bytes are uploaded first. */
    say: (
      text: string,
      { channel, files = [], ...options }: DeliveryOptions & { channel?: string; files?: (Upload | JsonObject)[] } = {},
    ) =>
      step<Answer>(() =>
        actions.say(userId, text, channelOf(channel), filling.uploaded(files) as JsonObject[], options),
      ),

    /** Uploads a file to the workspace; returns its file object. */
    upload: (file: Upload): JsonObject => actions.upload(userId, file),

    /** Chooses a shortcut in the menu of a message, by its name or callback_id. */
    shortcut: (name: string, { channel, ts, text, ...options }: ShortcutOptions = {}) =>
      step<Answer>(() => actions.shortcut(userId, messageFor({ channel, ts, text }), shortcutOf(name), options)),

    openHome: (options?: DeliveryOptions) => step<Answer>(() => actions.openHome(userId, options)),

    click: (name: string, options: ClickOptions = {}) =>
      step<Answer>(() => {
        const { place, block, element, option = optionOf(element, options.choose) } = target(name, options)
        return actions.click(
          userId,
          place,
          block,
          element,
          { entry: option ? undefined : options.choose, option },
          options,
        )
      }),

    /** Fills fields of the top modal; a field with dispatch_action sends block_actions. */
    fill: (entries: Record<string, FieldInput>) => step(() => filling.fill(entries)),

    /** Types into a field of the top modal, then presses Enter if `enter` is set. */
    type: (name: string, text: string, { enter = false }: { enter?: boolean } = {}) =>
      step<Partial<Answer>>(() => filling.type(name, text, enter)),

    /** Chooses in a select, date picker, checkboxes or radio buttons of the top modal. */
    choose: (name: string, entry: FieldInput) => step<Partial<Answer>>(() => filling.choose(name, entry)),

    /** Submits the top modal. By block_id: `clientErrors` of the Slack client, `errors` that the bot answered. */
    submit: (options?: DeliveryOptions) =>
      step(async () => {
        const { answer, clientErrors, errors } = await actions.submit(userId, topModal(), options)
        return { ...answer, clientErrors, errors }
      }),

    /** Closes the top modal, or the whole stack with `all` (view_closed then has is_cleared). */
    close: ({ all }: { all?: boolean } = {}) =>
      step(async () => actions.close(userId, topModal(), all).then(() => ({}))),
  }
}

export type LocalUser = ReturnType<typeof createLocalUser>
