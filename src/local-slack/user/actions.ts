/** What a person can do in Slack, and what comes of it. The driver of the tests and the page both stand on this. */

import type { Answer, Deliver, DeliveryOptions } from '../bot-link/delivery.js'
import {
  closedPayload,
  commandPayload,
  eventPayload,
  messageActionPayload,
  shortcutPayload,
  submissionPayload,
  viewActionPayload,
} from '../bot-link/payload.js'
import { sayAnswer } from '../server/response-url.js'
import { dmOf } from '../state/channels.js'
import { addFile, isPictureIn, type Upload } from '../state/files.js'
import { type Changes, clientFaults, type Entry, enter, type FieldFault, fieldKey, keyOf } from '../state/form-state.js'
import { post } from '../state/messages.js'
import { closeViews, openView, tell, updateView, viewAsSlack } from '../state/views.js'
import type { Message, View, World } from '../state/workspace.js'
import { refuseMessageAnswer, refuseViewAnswer } from '../validate/answer.js'
import { isObj, type Obj } from '../validate/check.js'

/** Where an element was found: a message, a modal or the Home. */
export type Place = { message: Message } | { view: View }

export interface Submitted {
  answer?: Answer
  /** What the person's own Slack found before sending, by block_id. */
  faults: Record<string, FieldFault>
  /** What the bot said under the fields, by block_id. */
  errors: Record<string, string>
}

const violation = (world: World, where: string, error: string, messages: string[], payload: unknown) =>
  void world.violations.push({ where, error, messages, payload })

function actionOf(world: World, block: Obj, element: Obj, entry: Entry | undefined, option?: Obj): Obj {
  const { type, action_id, text, value, style, url, placeholder, confirm } = element
  const chosen = option ? { selected_option: option } : entry !== undefined ? enter(element, entry) : {}
  const kept = Object.entries({ type, action_id, text, value, style, url, placeholder, confirm })
  return {
    ...Object.fromEntries(kept.filter(([, one]) => one !== undefined)),
    block_id: block.block_id,
    ...chosen,
    action_ts: world.newTs(),
  }
}

export function createActs(world: World, deliver: Deliver, baseUrl: () => string) {
  async function command(userId: string, line: string, channel = dmOf(userId), options?: DeliveryOptions) {
    const payload = commandPayload(world, baseUrl(), userId, channel, line)
    const answer = await deliver('slash_commands', payload, options)
    if (answer.error || answer.body === '') return answer
    const body: Obj = answer.json ?? { text: answer.body }
    const refusal = refuseMessageAnswer(body, isPictureIn(world))
    if (refusal) violation(world, 'answer to a command', refusal.error, refusal.messages, body)
    else {
      const said = sayAnswer(world, { channel, userId }, body)
      const token = String(payload.response_url).split('/').at(-1) as string
      const target = world.responseUrls.get(token)
      if (target) target.messageTs = said.ts
    }
    return answer
  }

  /** Writes an entry into a field without telling the bot. */
  function fill(userId: string, place: Place, block: Obj, element: Obj, entry: Entry) {
    if ('message' in place) place.message.changes[userId] ??= {}
    const changes = 'view' in place ? place.view.changes : (place.message.changes[userId] as Changes)
    changes[fieldKey(block, element)] = enter(element, entry)
  }

  /** Presses a button, or chooses in a menu that tells the bot at once. */
  async function act(
    userId: string,
    place: Place,
    block: Obj,
    element: Obj,
    choice: { entry?: Entry; option?: Obj } = {},
    options?: DeliveryOptions,
  ) {
    if (choice.entry !== undefined && keyOf(element)) fill(userId, place, block, element, choice.entry)
    if ('view' in place) tell(place.view)
    const action = actionOf(world, block, element, choice.entry, choice.option)
    const payload =
      'view' in place
        ? viewActionPayload(world, userId, place.view, action)
        : messageActionPayload(world, baseUrl(), userId, place.message, action)
    return deliver('interactive', payload, options)
  }

  async function closed(userId: string, views: View[], isCleared: boolean) {
    for (const view of views.filter((one) => one.content.notify_on_close === true))
      await deliver('interactive', closedPayload(world, userId, view, isCleared))
  }

  function follow(userId: string, view: View, body: Obj) {
    const refusal = refuseViewAnswer(body, view.blocks, isPictureIn(world))
    if (refusal) return violation(world, 'answer to view_submission', refusal.error, refusal.messages, body)
    if (body.response_action === 'errors') view.errors = body.errors as Record<string, string>
    else if (body.response_action === 'update') updateView(world, view, body.view as Obj)
    else if (body.response_action === 'push') {
      const pushed = openView(world, userId, body.view as Obj, true)
      if ('error' in pushed) violation(world, 'answer to view_submission', pushed.error, [], viewAsSlack(world, view))
    } else closeViews(world, userId, 'all')
  }

  async function submit(userId: string, view: View, options?: DeliveryOptions): Promise<Submitted> {
    const faults = clientFaults(view.blocks, view.changes)
    view.errors = {}
    if (Object.keys(faults).length > 0) return { faults, errors: {} }
    tell(view)
    const answer = await deliver('interactive', submissionPayload(world, userId, view), options)
    if (answer.error) return { answer, faults, errors: {} }
    if (answer.json && Object.keys(answer.json).length > 0) follow(userId, view, answer.json)
    else if (answer.body !== '' && answer.body !== '{}')
      violation(world, 'answer to view_submission', 'invalid_response', ['the body must be empty or JSON'], answer.body)
    else closeViews(world, userId, view)
    return { answer, faults, errors: view.errors }
  }

  async function close(userId: string, view: View, whole = view.content.clear_on_close === true) {
    await closed(userId, closeViews(world, userId, whole ? 'all' : view), whole)
  }

  const event = (payload: Obj, options?: DeliveryOptions & { eventId?: string }) =>
    deliver('events_api', eventPayload(world, payload, options?.eventId), options)

  function openHome(userId: string, options?: DeliveryOptions) {
    const view = world.homes.get(userId)
    const shown = view ? { view: viewAsSlack(world, view) } : {}
    return event({ type: 'app_home_opened', user: userId, channel: dmOf(userId), tab: 'home', ...shown }, options)
  }

  /** Writes a message; only what is said to the bot in private reaches it. */
  async function say(
    userId: string,
    text: string,
    channel = dmOf(userId),
    files: Obj[] = [],
    options?: DeliveryOptions,
  ) {
    const message = post(world, { channel, user: userId, text, ...(files.length > 0 ? { files } : {}) })
    if (channel !== dmOf(userId)) return undefined
    const { ts } = message
    const inside = { type: 'message', channel, channel_type: 'im', user: userId, text, ts, event_ts: ts }
    // A message with files comes without `team`: https://github.com/slackapi/slack-api-specs/issues/62
    const rest =
      files.length > 0 ? { subtype: 'file_share', files, upload: true, display_as_bot: false } : { team: world.teamId }
    return event({ ...inside, ...rest }, options)
  }

  /** Chooses one of the app's shortcuts in the menu of a message. */
  const shortcut = (userId: string, message: Message, callbackId: string, options?: DeliveryOptions) =>
    deliver('interactive', shortcutPayload(world, baseUrl(), { userId, message, callbackId }), options)

  const upload = (userId: string, file: Upload) => addFile(world, userId, file, baseUrl())

  return { command, act, fill, submit, close, event, openHome, say, shortcut, upload }
}

export type Acts = ReturnType<typeof createActs>
export const blocksOf = (place: Place): Obj[] => ('view' in place ? place.view.blocks : place.message.blocks)
export const inputLabel = (block: Obj) => (isObj(block.label) ? String(block.label.text) : undefined)
