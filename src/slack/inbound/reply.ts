import type { WebClient } from '@slack/web-api'
import { block } from '../../commands/blocks.js'
import type { Card, Reply } from '../../commands/ui.js'
import { vi } from '../../text/vi.js'
import { slackError } from '../outbound/errors.js'
import { form, type Mark, message, page, withoutMark } from '../render/render.js'
import type { ActionBody, CommandBody, ShortcutBody, View, ViewBody } from './payload.js'

/** Sends a reply, depending on the kind of request. */

export type Respond = (body: Record<string, unknown>) => Promise<unknown>

const ephemeral = (reply: Extract<Reply, { kind: 'card' }>) => ({
  response_type: 'ephemeral' as const,
  ...message(reply.card),
})

/** The body of a command's acknowledgement, if the reply can be sent in it. */
export const commandAck = (reply: Reply) => (reply.kind === 'card' ? ephemeral(reply) : undefined)

/** Sends the rest of a command's reply. `acked`: the reply was sent in the acknowledgement. */
export async function afterCommand(
  client: WebClient,
  respond: Respond,
  body: CommandBody,
  reply: Reply,
  acked: boolean,
): Promise<void> {
  if (reply.kind === 'card' && !acked) await respond(ephemeral(reply))
  await openOver(client, respond, body.trigger_id, reply)
}

/** Sends the reply to a message shortcut, after its acknowledgement. */
export async function afterShortcut(
  client: WebClient,
  respond: Respond,
  body: ShortcutBody,
  reply: Reply,
): Promise<void> {
  if (reply.kind === 'card') await respond({ ...ephemeral(reply), replace_original: false })
  await openOver(client, respond, body.trigger_id, reply)
}

/** Answers a message to the bot, which can only be answered by another message. */
export async function answerMessage(
  client: WebClient,
  channel: string,
  reply: Extract<Reply, { kind: 'card' }>,
): Promise<void> {
  await client.chat.postMessage({ channel, ...message(reply.card) })
}

/** Sends the reply to a button in a message, a page or the home. Resolves with the id of the view that it opened. */
export async function afterAction(
  client: WebClient,
  respond: Respond,
  body: ActionBody,
  reply: Reply,
): Promise<string | undefined> {
  if (body.view?.type === 'modal') return void (await inModal(client, body, body.view, reply))
  if (reply.kind !== 'card') return openOver(client, respond, body.trigger_id, reply)
  if (body.view) {
    // The home itself is rendered again after every press on it.
    if (reply.replace) return undefined
    // A press on the home can be answered only by a view.
    const view = page({ title: vi.common.botName, blocks: reply.card.blocks })
    await client.views.open({ trigger_id: body.trigger_id as string, view })
    return undefined
  }
  await respond(cardOver(body, reply))
  return undefined
}

/** A card as the answer to a button. It replaces the message if the reply says so and only this person sees the message. */
export const cardOver = (body: ActionBody, reply: Extract<Reply, { kind: 'card' }>) => ({
  ...ephemeral(reply),
  replace_original: (reply.replace ?? false) && body.container?.is_ephemeral === true,
})

async function openOver(
  client: WebClient,
  respond: Respond,
  triggerId: string | undefined,
  reply: Reply,
): Promise<string | undefined> {
  if (!triggerId || (reply.kind !== 'form' && reply.kind !== 'page')) return undefined
  const view = reply.kind === 'form' ? form(reply.form) : page(reply.page)
  try {
    return (await client.views.open({ trigger_id: triggerId, view })).view?.id
  } catch (error) {
    await respond({ response_type: 'ephemeral', replace_original: false, text: vi.menu.formFailed })
    throw error
  }
}

async function inModal(client: WebClient, body: ActionBody, current: View, reply: Reply): Promise<void> {
  if (reply.kind === 'form' || reply.kind === 'page') {
    const view = reply.kind === 'form' ? form(reply.form, otherMark(current)) : page(reply.page)
    await replaceView(client, current, view)
  } else if (reply.kind === 'card') {
    const view = page({ title: vi.common.botName, blocks: reply.card.blocks })
    if (reply.replace) await replaceView(client, current, view)
    else if (body.trigger_id) await pushView(client, body, body.trigger_id, view, reply.card)
  }
}

type SlackView = ReturnType<typeof page>

/** Errors about a view that the person closed, or that shows a newer answer. */
const outdated = new Set(['not_found', 'view_not_found', 'hash_conflict'])

/** Replaces a view; nothing remains to be shown where the person closed it or a newer answer is shown. */
async function replaceView(client: WebClient, { id, hash }: View, view: SlackView): Promise<void> {
  try {
    await client.views.update({ view_id: id, hash, view })
  } catch (error) {
    if (!outdated.has(slackError(error) ?? '')) throw error
  }
}

/** Shows a card over a page; as a direct message where the person closed the page meanwhile, or it cannot be shown. */
async function pushView(
  client: WebClient,
  body: ActionBody,
  triggerId: string,
  view: SlackView,
  card: Card,
): Promise<void> {
  try {
    await client.views.push({ trigger_id: triggerId, view })
  } catch (error) {
    if (slackError(error) === undefined) throw error
    await client.chat.postMessage({ channel: body.user.id, ...message(card) })
  }
}

/** The acknowledgement of a form: its faults at their fields, or the view that replaces it. */
export function viewAck(body: ViewBody, reply: Reply) {
  switch (reply.kind) {
    case 'faults':
      // A view without fields cannot show errors at them.
      if (inputsOf(body.view).length === 0) return { response_action: 'update' as const, view: faultPage(reply.faults) }
      return { response_action: 'errors' as const, errors: atFields(body.view, reply.faults) }
    case 'page':
      return { response_action: 'update' as const, view: page(reply.page) }
    case 'form':
      return { response_action: 'update' as const, view: form(reply.form, markOf(body.view)) }
    case 'card':
      return {
        response_action: 'update' as const,
        view: page({ title: vi.common.botName, blocks: reply.card.blocks }),
      }
    case 'nothing':
      return body.view.previous_view_id ? { response_action: 'clear' as const } : undefined
  }
}

const faultPage = (faults: Readonly<Record<string, string>>) =>
  page({
    title: vi.common.botName,
    blocks: Object.values(faults).map((text) => block.text(text)),
  })

const inputsOf = (view: View): string[] => view.blocks.filter((b) => b.type === 'input').map((b) => b.block_id ?? '')

/** The mark of the shown form: with the same mark Slack keeps the typed values. */
const markOf = (view: View): Mark => (inputsOf(view).some((id) => id !== withoutMark(id)) ? '~' : '')

/** The other mark, so that a form that replaces another one starts with its own initial values. */
const otherMark = (view: View): Mark => (inputsOf(view).length > 0 && markOf(view) === '' ? '~' : '')

/** Slack accepts errors only at input blocks of the view; any other fault is shown at the first of them. */
function atFields(view: View, faults: Readonly<Record<string, string>>): Record<string, string> {
  const inputs = inputsOf(view)
  const out: Record<string, string> = {}
  for (const [field, text] of Object.entries(faults)) {
    const at = inputs.find((id) => withoutMark(id) === field) ?? inputs[0] ?? field
    out[at] = out[at] ? `${out[at]} ${text}` : text
  }
  return out
}
