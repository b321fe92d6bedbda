/** What a person sees, in a form that is easy to compare. */
import { isJsonObject, type JsonObject, objectsIn } from '../json.js'
import { visibleTo } from '../state/channels.js'
import { currentValue, holdsValue, type StateValue } from '../state/form-state.js'
import { topView } from '../state/views.js'
import type { Message, View, Workspace } from '../state/workspace.js'
import { elementsOf } from '../validate/blocks.js'
import { blocksOf, inputLabel, type Place } from './place.js'
import { labelOf, visibleTextOf } from './visible-text.js'

export interface MessageSnapshot {
  ts: string
  channel: string
  /** User id of the author, or 'bot'. */
  from: string
  ephemeral: boolean
  edited: boolean
  text: string
  blocks: JsonObject[]
  /** All text of the blocks, one line for each text object; without blocks the message text. */
  visibleText: string
  /** The labels of the buttons and of the options of overflow menus, in order. */
  buttons: string[]
  metadata?: JsonObject
  /** The attached file objects. */
  files: JsonObject[]
}

export interface FieldSnapshot {
  label: string
  blockId: string
  actionId: string
  type: string
  optional: boolean
  value: StateValue
}

export interface ViewSnapshot {
  id: string
  title: string
  callbackId: string
  privateMetadata: string
  submit: string | undefined
  close: string | undefined
  blocks: JsonObject[]
  visibleText: string
  buttons: string[]
  fields: FieldSnapshot[]
  /** Error messages of the last submission, by block_id. */
  errors: Record<string, string>
}

const buttonsIn = (blocks: JsonObject[]) =>
  blocks
    .flatMap(elementsOf)
    .flatMap((one) => (one.type === 'overflow' ? objectsIn(one.options) : one.type === 'button' ? [one] : []))
    .map(labelOf)

export function snapshotMessage(workspace: Workspace, message: Message): MessageSnapshot {
  const { ts, channel, user, text, blocks, metadata, files = [] } = message
  return {
    ts,
    channel,
    from: user === workspace.botUserId ? 'bot' : user,
    ephemeral: message.onlyFor !== undefined,
    edited: message.edited === true,
    text,
    blocks,
    visibleText: blocks.length > 0 ? visibleTextOf(blocks) : text,
    buttons: buttonsIn(blocks),
    files,
    ...(metadata ? { metadata } : {}),
  }
}

const textOf = (value: unknown) => (isJsonObject(value) ? String(value.text) : undefined)

export function snapshotView(view: View): ViewSnapshot {
  const { content, blocks } = view
  const fields = blocks.flatMap((block) =>
    elementsOf(block)
      .filter(holdsValue)
      .map((element) => ({
        label: inputLabel(block) ?? labelOf(element),
        blockId: String(block.block_id),
        actionId: String(element.action_id),
        type: String(element.type),
        optional: block.optional === true,
        value: currentValue(block, element, view.changes),
      })),
  )
  return {
    id: view.id,
    title: textOf(content.title) ?? '',
    callbackId: String(content.callback_id ?? ''),
    privateMetadata: String(content.private_metadata ?? ''),
    submit: textOf(content.submit),
    close: textOf(content.close),
    blocks,
    visibleText: visibleTextOf(blocks),
    buttons: buttonsIn(blocks),
    fields,
    errors: view.errors,
  }
}

export type Where = 'message' | 'view' | 'home'

/** Everything that can be clicked, the newest message first. */
export function clickableElements(
  workspace: Workspace,
  userId: string,
  channel: string,
  look: { in?: Where; ts?: string },
) {
  const modal = topView(workspace, userId)
  const home = workspace.homes.get(userId)
  const where = look.in ?? (look.ts || !modal ? 'message' : 'view')
  const messages = [...visibleTo(workspace, channel, userId)].reverse().filter((one) => !look.ts || one.ts === look.ts)
  const views = where === 'home' ? home : modal
  const places: Place[] =
    where === 'message' ? messages.map((message) => ({ message })) : views ? [{ view: views }] : []
  return places.flatMap((place) =>
    blocksOf(place).flatMap((block) =>
      elementsOf(block)
        .filter((element) => element.type !== 'image')
        .flatMap((element) => [
          { place, block, element, option: undefined },
          ...(element.type === 'overflow'
            ? objectsIn(element.options).map((option) => ({ place, block, element, option }))
            : []),
        ]),
    ),
  )
}
