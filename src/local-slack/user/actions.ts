/** What a person can do in Slack, with its effects. The base of both `LocalUser` and the page. */
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
import type { JsonObject } from '../json.js'
import { dmOf } from '../state/channels.js'
import type { Upload } from '../state/file.js'
import { addFile, pictureCheck } from '../state/files.js'
import {
  type Changes,
  type FieldEntry,
  type FieldError,
  fieldKey,
  findClientErrors,
  keyOf,
  valueAfterEntry,
} from '../state/form-state.js'
import { addMessage } from '../state/messages.js'
import { postAnswer } from '../state/response-urls.js'
import { closeViews, markSent, openView, updateView, viewAsSlack } from '../state/views.js'
import type { Message, View, Workspace } from '../state/workspace.js'
import { refuseMessageAnswer, refuseViewAnswer } from '../validate/answer.js'
import type { Place } from './place.js'

export interface SubmitResult {
  answer?: Answer
  /** Fields that the Slack client refuses to submit, by block_id. */
  clientErrors: Record<string, FieldError>
  /** Error messages that the bot answered, by block_id. */
  errors: Record<string, string>
}

const recordViolation = (workspace: Workspace, where: string, error: string, messages: string[], payload: unknown) =>
  void workspace.violations.push({ where, error, messages, payload })

function actionOf(
  workspace: Workspace,
  block: JsonObject,
  element: JsonObject,
  entry: FieldEntry | undefined,
  option?: JsonObject,
): JsonObject {
  const { type, action_id, text, value, style, url, placeholder, confirm } = element
  const chosen = option ? { selected_option: option } : entry !== undefined ? valueAfterEntry(element, entry) : {}
  const copied = Object.entries({ type, action_id, text, value, style, url, placeholder, confirm })
  return {
    ...Object.fromEntries(copied.filter(([, one]) => one !== undefined)),
    block_id: block.block_id,
    ...chosen,
    action_ts: workspace.newTs(),
  }
}

export function createUserActions(workspace: Workspace, deliver: Deliver, baseUrl: () => string) {
  async function command(userId: string, line: string, channel = dmOf(userId), options?: DeliveryOptions) {
    const payload = commandPayload(workspace, baseUrl(), userId, channel, line)
    const answer = await deliver('slash_commands', payload, options)
    if (answer.error || answer.body === '') return answer
    const body: JsonObject = answer.json ?? { text: answer.body }
    const refusal = refuseMessageAnswer(body, pictureCheck(workspace))
    if (refusal) recordViolation(workspace, 'answer to a command', refusal.error, refusal.messages, body)
    else {
      const posted = postAnswer(workspace, { channel, userId }, body)
      const token = String(payload.response_url).split('/').at(-1) as string
      const target = workspace.responseUrls.get(token)
      if (target) target.messageTs = posted.ts
    }
    return answer
  }

  /** Enters a value into a field; sends nothing to the bot. */
  function fill(userId: string, place: Place, block: JsonObject, element: JsonObject, entry: FieldEntry) {
    if ('message' in place) place.message.changes[userId] ??= {}
    const changes = 'view' in place ? place.view.changes : (place.message.changes[userId] as Changes)
    changes[fieldKey(block, element)] = valueAfterEntry(element, entry)
  }

  /** Presses a button or chooses in a menu, which sends block_actions. */
  async function click(
    userId: string,
    place: Place,
    block: JsonObject,
    element: JsonObject,
    choice: { entry?: FieldEntry; option?: JsonObject } = {},
    options?: DeliveryOptions,
  ) {
    if (choice.entry !== undefined && keyOf(element)) fill(userId, place, block, element, choice.entry)
    if ('view' in place) markSent(place.view)
    const action = actionOf(workspace, block, element, choice.entry, choice.option)
    const payload =
      'view' in place
        ? viewActionPayload(workspace, userId, place.view, action)
        : messageActionPayload(workspace, baseUrl(), userId, place.message, action)
    return deliver('interactive', payload, options)
  }

  async function sendClosed(userId: string, views: View[], isCleared: boolean) {
    for (const view of views.filter((one) => one.content.notify_on_close === true))
      await deliver('interactive', closedPayload(workspace, userId, view, isCleared))
  }

  function applyViewAnswer(userId: string, view: View, body: JsonObject) {
    const refusal = refuseViewAnswer(body, view.blocks, pictureCheck(workspace))
    if (refusal) return recordViolation(workspace, 'answer to view_submission', refusal.error, refusal.messages, body)
    if (body.response_action === 'errors') view.errors = body.errors as Record<string, string>
    else if (body.response_action === 'update') updateView(workspace, view, body.view as JsonObject)
    else if (body.response_action === 'push') {
      const pushed = openView(workspace, userId, body.view as JsonObject, true)
      if ('error' in pushed)
        recordViolation(workspace, 'answer to view_submission', pushed.error, [], viewAsSlack(workspace, view))
    } else closeViews(workspace, userId, 'all')
  }

  async function submit(userId: string, view: View, options?: DeliveryOptions): Promise<SubmitResult> {
    const clientErrors = findClientErrors(view.blocks, view.changes)
    view.errors = {}
    if (Object.keys(clientErrors).length > 0) return { clientErrors, errors: {} }
    markSent(view)
    const answer = await deliver('interactive', submissionPayload(workspace, userId, view), options)
    if (answer.error) return { answer, clientErrors, errors: {} }
    if (answer.json && Object.keys(answer.json).length > 0) applyViewAnswer(userId, view, answer.json)
    else if (answer.body !== '' && answer.body !== '{}')
      recordViolation(
        workspace,
        'answer to view_submission',
        'invalid_response',
        ['the body must be empty or JSON'],
        answer.body,
      )
    else closeViews(workspace, userId, view)
    return { answer, clientErrors, errors: view.errors }
  }

  async function close(userId: string, view: View, all = view.content.clear_on_close === true) {
    await sendClosed(userId, closeViews(workspace, userId, all ? 'all' : view), all)
  }

  const event = (payload: JsonObject, options?: DeliveryOptions & { eventId?: string }) =>
    deliver('events_api', eventPayload(workspace, payload, options?.eventId), options)

  function openHome(userId: string, options?: DeliveryOptions) {
    const view = workspace.homes.get(userId)
    const shown = view ? { view: viewAsSlack(workspace, view) } : {}
    return event({ type: 'app_home_opened', user: userId, channel: dmOf(userId), tab: 'home', ...shown }, options)
  }

  /** Posts a message; only a direct message is sent to the bot. */
  async function say(
    userId: string,
    text: string,
    channel = dmOf(userId),
    files: JsonObject[] = [],
    options?: DeliveryOptions,
  ) {
    const message = addMessage(workspace, { channel, user: userId, text, ...(files.length > 0 ? { files } : {}) })
    if (channel !== dmOf(userId)) return undefined
    const { ts } = message
    const inside = { type: 'message', channel, channel_type: 'im', user: userId, text, ts, event_ts: ts }
    // An event for a message with files has no `team`: https://github.com/slackapi/slack-api-specs/issues/62
    const rest =
      files.length > 0
        ? { subtype: 'file_share', files, upload: true, display_as_bot: false }
        : { team: workspace.teamId }
    return event({ ...inside, ...rest }, options)
  }

  /** Chooses one of the app's shortcuts in the menu of a message. */
  const shortcut = (userId: string, message: Message, callbackId: string, options?: DeliveryOptions) =>
    deliver('interactive', shortcutPayload(workspace, baseUrl(), { userId, message, callbackId }), options)

  const upload = (userId: string, file: Upload) => addFile(workspace, userId, file, baseUrl())

  return { command, click, fill, submit, close, event, openHome, say, shortcut, upload }
}

export type UserActions = ReturnType<typeof createUserActions>
