import { SendError } from '../../commands/chat.js'
import { tellOrgOffice } from '../../core/outbox/notify-office.js'
import type { Message } from '../../core/outbox/outbox.js'
import { tellUndelivered } from '../../core/outbox/undelivered.js'
import { passOn } from '../../core/reminder/escalate.js'
import type { Delivery } from './deliver.js'

/** What is done with a chat, each at a pace of its own: to look somebody up, to look for a message, to post, to update. */
export type Act = 'lookup' | 'find' | 'post' | 'update'
/** What the chat asked for, if it did: that an act be left alone for so many ms. */
export interface Outcome {
  pause?: { act: Act; ms: number }
}

/** What was tried in vain for this long is given up, loudly … */
const GIVE_UP_MS = 24 * 3_600_000
/** … but not before so many tries: a bot that was off for a weekend has not tried for a weekend. */
const GIVE_UP_TRIES = 8
/** Nothing that is tried again is put off for longer, unless the chat asks for it. */
export const MAX_BACKOFF_MS = 5 * 60_000

/** The account that a message to somebody who was erased carries along: nothing of it stays once it was said. */
export const lastWordTo = ({ payload }: Message): string | undefined =>
  typeof payload.lastWordTo === 'string' ? payload.lastWordTo : undefined

/** Marks what became of a message that did not go out, at which act and why; unless another process has it by now. */
export async function markFault(d: Delivery, message: Message, act: Act | undefined, error: unknown): Promise<Outcome> {
  const why = error instanceof SendError ? error.why : 'uncertain'
  const text = (error instanceof Error ? error.message : String(error)).slice(0, 200)
  const now = d.clock()
  const { key, kind, attempts } = message
  const about = { key, kind, attempt: attempts + 1, error: text }
  if (why === 'unreachable') {
    d.log('person cannot be reached', about)
    await markUnreachable(d, message, text, now)
    return {}
  }
  const triedMs = now.getTime() - (message.triedSince ?? now).getTime()
  const isOver = triedMs > GIVE_UP_MS && attempts + 1 >= GIVE_UP_TRIES
  if (why === 'gone' || why === 'refused' || isOver) {
    d.log(why === 'gone' ? 'message is gone' : 'message given up', about)
    await giveUp(d, message, why === 'gone' ? 'dropped' : 'failed', text, now)
    return {}
  }
  const asked = error instanceof SendError ? error.retryAfterMs : 0
  const backoff = Math.min(MAX_BACKOFF_MS, 1000 * 2 ** attempts) * (0.75 + Math.random() / 2)
  const waitMs = why === 'later' ? asked * (1 + Math.random() / 10) : Math.max(asked, backoff)
  // Nothing but a post can leave a second message behind.
  const uncertain = message.uncertain || (act === 'post' && why === 'uncertain')
  d.log('message will be tried again', { ...about, waitMs: Math.round(waitMs) })
  const dueAt = new Date(now.getTime() + waitMs)
  await d.store.write((tx) => tx.outbox.retry(key, dueAt, text, uncertain, now, d.holder.id))
  return why === 'later' && act ? { pause: { act, ms: asked } } : {}
}

function markUnreachable(d: Delivery, message: Message, text: string, now: Date): Promise<void> {
  return d.store.write(async (tx) => {
    if (lastWordTo(message)) return tx.personalData.dropMessage(message.key)
    const person = await tx.people.byId(message.workspaceId, message.personId)
    // Whoever left or was erased is not out of reach: nothing is to be done about it.
    const state = person ? 'unreachable' : 'dropped'
    if (!(await tx.outbox.end(message.key, state, text, now, d.holder.id)) || !person) return
    const use = { tx, now, actor: { workspaceId: message.workspaceId } }
    const { id, fullName, email } = person
    await tellOrgOffice(use, 'unreachable', id, { personId: id, name: fullName, email })
    await passOn(tx, message, now)
  })
}

function giveUp(d: Delivery, message: Message, state: 'dropped' | 'failed', text: string, now: Date): Promise<void> {
  return d.store.write(async (tx) => {
    if (lastWordTo(message)) return tx.personalData.dropMessage(message.key)
    if (!(await tx.outbox.end(message.key, state, text, now, d.holder.id)) || state === 'dropped') return
    const admins = { platform: d.directory.platform, accounts: d.admins }
    await tellUndelivered({ tx, now, timeZone: d.timeZone }, message, admins)
  })
}
