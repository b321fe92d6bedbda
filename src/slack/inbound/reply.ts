import type { WebClient } from '@slack/web-api'
import { block } from '../../commands/blocks.js'
import type { Reply } from '../../commands/ui.js'
import { vi } from '../../text/vi.js'
import { form, type Mark, message, page, withoutMark } from '../render/render.js'
import type { ActionBody, CommandBody, ShortcutBody, View, ViewBody } from './parse.js'

/** How each reply reaches the person, by the way they came in. */

export type Respond = (body: Record<string, unknown>) => Promise<unknown>

const ephemeral = (reply: Extract<Reply, { kind: 'card' }>) => ({
  response_type: 'ephemeral' as const,
  ...message(reply.card),
})

/** The body of a command's acknowledgement, where the reply fits into it. */
export const commandAck = (reply: Reply) => (reply.kind === 'card' ? ephemeral(reply) : undefined)

/** What follows a command's acknowledgement; `acked`: its body was used for the reply. */
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

/** What follows the acknowledgement of something chosen in a message's menu. */
export async function afterShortcut(
  client: WebClient,
  respond: Respond,
  body: ShortcutBody,
  reply: Reply,
): Promise<void> {
  if (reply.kind === 'card') await respond({ ...ephemeral(reply), replace_original: false })
  await openOver(client, respond, body.trigger_id, reply)
}

/** The answer to a plain message to the bot: what would open over the chat waits behind a button. */
export async function answerMessage(client: WebClient, channel: string, text: string, reply: Reply): Promise<void> {
  const card =
    reply.kind === 'card'
      ? reply.card
      : {
          summary: vi.menu.openForm,
          blocks: [block.buttons([{ label: vi.menu.openForm, action: 'command', value: { name: text } }])],
        }
  await client.chat.postMessage({ channel, ...message(card) })
}

/** What follows the acknowledgement of a button in a message, a page or the home; the id of the view that it opened. */
export async function afterAction(
  client: WebClient,
  respond: Respond,
  body: ActionBody,
  reply: Reply,
): Promise<string | undefined> {
  if (body.view?.type === 'modal') return void (await inModal(client, body.view, body.trigger_id, reply))
  if (reply.kind !== 'card') return openOver(client, respond, body.trigger_id, reply)
  if (body.view) {
    // What is drawn anew is drawn on the home itself, which follows every press on it.
    if (reply.replace) return undefined
    // A press on the home has nowhere to answer but over it.
    const view = page({ title: vi.common.botName, blocks: reply.card.blocks })
    await client.views.open({ trigger_id: body.trigger_id as string, view })
    return undefined
  }
  await respond(cardOver(body, reply))
  return undefined
}

/** A card as an answer to a button, in place of its message where that is asked for and is the person's alone. */
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

async function inModal(client: WebClient, current: View, triggerId: string | undefined, reply: Reply): Promise<void> {
  if (reply.kind === 'form' || reply.kind === 'page') {
    const view = reply.kind === 'form' ? form(reply.form, otherMark(current)) : page(reply.page)
    await client.views.update({ view_id: current.id, hash: current.hash, view })
  } else if (reply.kind === 'card' && triggerId) {
    const view = page({ title: vi.common.botName, blocks: reply.card.blocks })
    if (reply.replace) await client.views.update({ view_id: current.id, hash: current.hash, view })
    else await client.views.push({ trigger_id: triggerId, view })
  }
}

/** The acknowledgement of a form: its faults at their fields, or what it becomes. */
export function viewAck(body: ViewBody, reply: Reply) {
  switch (reply.kind) {
    case 'faults':
      // Without a field there is no place for a fault but the view itself.
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

/** A form that comes back to be sent again keeps what was typed. */
const markOf = (view: View): Mark => (inputsOf(view).some((id) => id !== withoutMark(id)) ? '~' : '')
/** A form that a button puts in another's place starts with its own proposals. */
const otherMark = (view: View): Mark => (inputsOf(view).length > 0 && markOf(view) === '' ? '~' : '')

/** Slack takes errors only at input blocks that the view has; any other fault goes to the first of them. */
function atFields(view: View, faults: Readonly<Record<string, string>>): Record<string, string> {
  const inputs = inputsOf(view)
  const out: Record<string, string> = {}
  for (const [field, text] of Object.entries(faults)) {
    const at = inputs.find((id) => withoutMark(id) === field) ?? inputs[0] ?? field
    out[at] = out[at] ? `${out[at]} ${text}` : text
  }
  return out
}
