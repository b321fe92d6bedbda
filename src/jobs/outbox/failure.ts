import { SendError } from '../../commands/chat.js'
import { notifyOrgOffice } from '../../core/outbox/notify-office.js'
import type { Message } from '../../core/outbox/outbox.js'
import { storedFailure } from '../../core/outbox/send-failure.js'
import { notifyUndelivered } from '../../core/outbox/undelivered.js'
import { escalate } from '../../core/reminder/pass-on.js'
import type { ApiCall, Delivery, DeliveryResult } from './delivery.js'

/** After failed attempts for this long a message is given up, and the office is told … */
const GIVE_UP_MS = 24 * 3_600_000

/** … but not before so many attempts: a bot that was off for a weekend has made none in that time. */
const GIVE_UP_TRIES = 8

/** The longest wait between two attempts, unless the chat asks for more. */
export const MAX_BACKOFF_MS = 5 * 60_000

/** Length of the error message that is stored and logged. */
const MAX_WORDS = 200

/**
 * The account of an erased person, which is in the payload of their last message; that message is deleted once it is
 * sent.
 */
export const erasedAccountOf = ({ payload }: Message): string | undefined =>
  typeof payload.erasedAccountOf === 'string' ? payload.erasedAccountOf : undefined

/**
 * Records a failed call for a message: schedules a retry, or ends the message. Does nothing if another process has
 * claimed it.
 */
export async function recordFailure(
  d: Delivery,
  message: Message,
  call: ApiCall | undefined,
  error: unknown,
): Promise<DeliveryResult> {
  const why = error instanceof SendError ? error.why : 'uncertain'
  const words = (error instanceof Error ? error.message : String(error)).slice(0, MAX_WORDS)
  const stored = error instanceof SendError ? storedFailure({ reason: error.reason, words }) : words
  const now = d.clock()
  const { key, kind, attempts } = message
  const about = { key, kind, attempt: attempts + 1, error: words }
  if (why === 'unreachable') {
    d.log('person cannot be reached', about)
    await markUnreachable(d, message, stored, now)
    return {}
  }
  const triedMs = now.getTime() - (message.triedSince ?? now).getTime()
  const isOver = triedMs > GIVE_UP_MS && attempts + 1 >= GIVE_UP_TRIES
  if (why === 'gone' || why === 'refused' || isOver) {
    d.log(why === 'gone' ? 'message is gone' : 'message given up', about)
    await giveUp(d, message, why === 'gone' ? 'dropped' : 'failed', stored, now)
    return {}
  }
  const retryAfterMs = error instanceof SendError ? error.retryAfterMs : 0
  const backoff = Math.min(MAX_BACKOFF_MS, 1000 * 2 ** attempts) * (0.75 + Math.random() / 2)
  const waitMs = why === 'later' ? retryAfterMs * (1 + Math.random() / 10) : Math.max(retryAfterMs, backoff)
  // Only a post can leave a duplicate message.
  const uncertain = message.uncertain || (call === 'post' && why === 'uncertain')
  d.log('message will be tried again', { ...about, waitMs: Math.round(waitMs) })
  const dueAt = new Date(now.getTime() + waitMs)
  await d.store.write((tx) => tx.outbox.retry(key, dueAt, stored, uncertain, now, d.owner.id))
  return why === 'later' && call ? { pause: { call, ms: retryAfterMs } } : {}
}

function markUnreachable(d: Delivery, message: Message, text: string, now: Date): Promise<void> {
  return d.store.write(async (tx) => {
    if (erasedAccountOf(message)) return tx.personalData.dropMessage(message.key)
    const person = await tx.people.byId(message.workspaceId, message.personId)
    // A person who left or was erased is not reported as unreachable: there is nothing to do about it.
    const state = person ? 'unreachable' : 'dropped'
    if (!(await tx.outbox.end(message.key, state, text, now, d.owner.id)) || !person) return
    const use = { tx, now, actor: { workspaceId: message.workspaceId } }
    const { id, fullName, email } = person
    await notifyOrgOffice(use, 'unreachable', id, { personId: id, name: fullName, email })
    await escalate(tx, message, { now, timeZone: d.timeZone })
  })
}

function giveUp(d: Delivery, message: Message, state: 'dropped' | 'failed', text: string, now: Date): Promise<void> {
  return d.store.write(async (tx) => {
    if (erasedAccountOf(message)) return tx.personalData.dropMessage(message.key)
    if (!(await tx.outbox.end(message.key, state, text, now, d.owner.id)) || state === 'dropped') return
    const admins = { platform: d.directory.platform, accounts: d.admins }
    await notifyUndelivered({ tx, now, timeZone: d.timeZone }, message, admins)
  })
}
