/** What a person does on the page. */
import { z } from 'zod'
import { type JsonObject, objectsIn } from '../json.js'
import { visibleTo } from '../state/channels.js'
import type { FieldEntry } from '../state/form-state.js'
import { findMessage } from '../state/messages.js'
import { stackOf } from '../state/views.js'
import type { Workspace } from '../state/workspace.js'
import type { UserActions } from '../user/actions.js'
import { blocksOf, type Place } from '../user/place.js'
import { elementsOf } from '../validate/blocks.js'

/** Files are uploaded first and named by their ids. */
const entry = z.union([z.string(), z.number(), z.null(), z.array(z.string())])
const values = z.record(z.string(), z.record(z.string(), entry))
const place = z.union([z.object({ view: z.string() }), z.object({ channel: z.string(), ts: z.string() })])

export const pageAction = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('command'), user: z.string(), channel: z.string(), line: z.string() }),
  z.object({
    kind: z.literal('say'),
    user: z.string(),
    channel: z.string(),
    text: z.string(),
    files: z.array(z.string()).max(10).default([]),
  }),
  z.object({
    kind: z.literal('shortcut'),
    user: z.string(),
    channel: z.string(),
    ts: z.string(),
    callback: z.string(),
  }),
  z.object({ kind: z.literal('home'), user: z.string() }),
  z.object({
    kind: z.literal('click'),
    user: z.string(),
    place,
    block: z.string(),
    action: z.string(),
    entry: entry.optional(),
    option: z.string().optional(),
    values: values.optional(),
  }),
  z.object({ kind: z.literal('submit'), user: z.string(), view: z.string(), values }),
  z.object({ kind: z.literal('close'), user: z.string(), view: z.string() }),
])

export type PageAction = z.infer<typeof pageAction>
type PageEntry = z.infer<typeof entry>

/** Performs the actions of the page; each resolves with what the page shows of the outcome. */
export function createPageActions(workspace: Workspace, actions: UserActions) {
  const viewOf = (userId: string, id: string) =>
    [...stackOf(workspace, userId), workspace.homes.get(userId)].find((view) => view?.id === id)

  /** The file objects of these ids, except those that another person has uploaded. */
  const filesOf = (userId: string, ids: string[]): JsonObject[] =>
    ids.map((id) => workspace.files.get(id)?.info).filter((info): info is JsonObject => info?.user === userId)

  const entryOf = (userId: string, element: JsonObject, raw: PageEntry): FieldEntry =>
    element.type === 'file_input' && Array.isArray(raw) ? filesOf(userId, raw) : raw

  const locate = (at: Place, blockId: string, actionId: string) => {
    const block = blocksOf(at).find((one) => one.block_id === blockId)
    const element = block && elementsOf(block).find((one) => one.action_id === actionId)
    return block && element ? { block, element } : undefined
  }

  function fillAll(userId: string, at: Place, given: z.infer<typeof values>) {
    for (const [blockId, fields] of Object.entries(given))
      for (const [actionId, raw] of Object.entries(fields)) {
        const hit = locate(at, blockId, actionId)
        if (hit) actions.fill(userId, at, hit.block, hit.element, entryOf(userId, hit.element, raw))
      }
  }

  function placeOf(userId: string, where: z.infer<typeof place>): Place | undefined {
    if ('view' in where) {
      const view = viewOf(userId, where.view)
      return view && { view }
    }
    const message = findMessage(workspace, where.channel, where.ts)
    return message && { message }
  }

  async function click(action: Extract<PageAction, { kind: 'click' }>): Promise<JsonObject> {
    const at = placeOf(action.user, action.place)
    const hit = at && locate(at, action.block, action.action)
    if (!at || !hit) return { error: 'not_found' }
    if (action.values) fillAll(action.user, at, action.values)
    const options = objectsIn(hit.element.options)
    const option = options.find((one) => action.option !== undefined && one.value === action.option)
    const chosen = action.entry === undefined ? {} : { entry: entryOf(action.user, hit.element, action.entry) }
    const answer = await actions.click(action.user, at, hit.block, hit.element, option ? { option } : chosen)
    return { error: answer.error }
  }

  async function submit({
    user,
    view: id,
    values: given,
  }: Extract<PageAction, { kind: 'submit' }>): Promise<JsonObject> {
    const view = viewOf(user, id)
    if (!view) return { error: 'not_found' }
    fillAll(user, { view }, given)
    const { answer, clientErrors, errors } = await actions.submit(user, view)
    return { error: answer?.error, clientErrors, errors }
  }

  async function shortcut(action: Extract<PageAction, { kind: 'shortcut' }>): Promise<JsonObject> {
    const message = visibleTo(workspace, action.channel, action.user).find(
      (one) => one.ts === action.ts && !one.onlyFor,
    )
    const offered = workspace.shortcuts.some((one) => one.type === 'message' && one.callback_id === action.callback)
    if (!message || !offered) return { error: 'not_found' }
    return { error: (await actions.shortcut(action.user, message, action.callback)).error }
  }

  return async (action: PageAction): Promise<JsonObject> => {
    if (action.kind === 'click') return click(action)
    if (action.kind === 'submit') return submit(action)
    if (action.kind === 'command')
      return { error: (await actions.command(action.user, action.line, action.channel)).error }
    if (action.kind === 'shortcut') return shortcut(action)
    if (action.kind === 'say') {
      const files = filesOf(action.user, action.files)
      return { error: (await actions.say(action.user, action.text, action.channel, files))?.error }
    }
    if (action.kind === 'home') return { error: (await actions.openHome(action.user)).error }
    const view = viewOf(action.user, action.view)
    if (view) await actions.close(action.user, view)
    return {}
  }
}
