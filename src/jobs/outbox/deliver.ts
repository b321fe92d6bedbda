import { type Place, SendError } from '../../commands/chat.js'
import { renderNotice } from '../../commands/notices/render.js'
import type { Card } from '../../commands/ui.js'
import { calendarOf } from '../../core/calendar/holiday-calendar.js'
import { isQuiet, nextSendingTime } from '../../core/calendar/sending-hours.js'
import type { Message } from '../../core/outbox/outbox.js'
import type { SendFailureReason } from '../../core/outbox/send-failure.js'
import { bindFound } from '../../core/people/bind-account.js'
import type { Tx } from '../../core/ports.js'
import { noticeSubject } from '../../core/queries/notices/subject.js'
import { settleReminder } from '../../core/reminder/settle.js'
import { reminderArrived } from '../../core/reminder/snooze.js'
import type { ApiCall, Delivery, DeliveryResult } from './delivery.js'
import { erasedAccountOf, recordFailure } from './failure.js'

/** The first tick after the start of the sending hours plans new reminders before old messages are sent. */
const AFTER_PLANNING_MS = 30_000

/** A process has this long to record the result of a message; after that another process may claim it. */
const LEASE_MS = 60_000

/** The lease is renewed before a call when less than this is left of it: a call may take so long. */
const CALL_MS = 20_000

/** Faults of the bot's installation, which matter more than the search that they interrupt. */
const installationReasons: readonly SendFailureReason[] = ['missing_permission', 'bad_credentials']

/** Waits for a rate limit do not count as attempts. */
class Paused extends Error {
  constructor(readonly ms: number) {
    super('paused')
  }
}

/**
 * Sends or updates one message with its current content, and records the result. Leaves a message alone that another process
 * has claimed or deferred. `pausedMs`: how long a call must not be made yet. Never throws for what a chat does.
 */
export async function deliver(
  d: Delivery,
  { key }: Message,
  pausedMs: (call: ApiCall) => number,
): Promise<DeliveryResult> {
  const by = d.owner.id
  let leaseUntil = Date.now() + LEASE_MS
  // Read again: while it waited in this process its content may have changed, and another process may have sent it.
  const claimed = await d.store.write(async (tx) => {
    const isClaimed = await tx.outbox.claim(key, new Date(leaseUntil), by, d.clock())
    return isClaimed ? tx.outbox.byKey(key) : undefined
  })
  if (!claimed) return {}
  let message: Message = claimed

  /** Whether this process holds the lease for as long as a call may take. */
  async function holdsLease(): Promise<boolean> {
    if (leaseUntil - Date.now() > CALL_MS) return true
    leaseUntil = Date.now() + LEASE_MS
    return d.store.write((tx) => tx.outbox.renew(message.key, new Date(leaseUntil), by))
  }
  const sent = async (at: Place): Promise<DeliveryResult> => {
    const marked = await d.store.write(async (tx) => {
      if (!erasedAccountOf(message)) {
        const isMarked = await tx.outbox.sent(message.key, at, d.clock(), by)
        if (isMarked) await reminderArrived(tx, message, d.clock())
        return isMarked
      }
      await tx.personalData.dropMessage(message.key)
      return true
    })
    return marked ? {} : lost()
  }
  function lost(): DeliveryResult {
    d.log('message claimed by another process', { key: message.key })
    return {}
  }

  let call: ApiCall | undefined
  const begin = (next: ApiCall): void => {
    const ms = pausedMs(next)
    if (ms > 0) throw new Paused(ms)
    call = next
  }
  try {
    if (message.channel && message.ts) {
      const card = await d.store.read((tx) => render(d, tx, message))
      if (!card) return await dropped(d, message)
      call = 'update'
      await d.sender.update({ channel: message.channel, ts: message.ts }, card)
      return await sent({ channel: message.channel, ts: message.ts })
    }
    const lookUp = () => accountOf(d, message, () => begin('lookup'))
    let account: string | undefined
    if (message.uncertain) {
      account = await lookUp()
      if (account) begin('find')
      const earlier = account && (await found(d, account, message.key))
      if (earlier) return await sent(earlier)
    }
    if (!(await holdsLease())) return lost()
    const prepared = await prepare(d, message)
    if (prepared instanceof Date) {
      await d.store.write((tx) => tx.outbox.requeue(message.key, prepared, by))
      return {}
    }
    if (!prepared) return {}
    message = prepared.message
    account ??= await lookUp()
    if (!account) throw new SendError('unreachable', 'no_account', 'no account with this e-mail')
    if (!(await holdsLease())) return lost()
    call = 'post'
    return await sent(await d.sender.post(account, prepared.card, message.key))
  } catch (error) {
    if (!(error instanceof Paused)) return recordFailure(d, message, call, error)
    // With jitter, so that they do not all come at once when the pause is over.
    const dueAt = new Date(d.clock().getTime() + error.ms * (1 + Math.random()))
    await d.store.write((tx) => tx.outbox.requeue(message.key, dueAt, by))
    return {}
  }
}

async function dropped(d: Delivery, { key }: Message): Promise<DeliveryResult> {
  await d.store.write((tx) => drop(d, tx, key))
  return {}
}

const drop = (d: Delivery, tx: Tx, key: string) =>
  tx.outbox.end(key, 'dropped', 'no longer wanted', d.clock(), d.owner.id)

/** The current content of a message; null when it is no longer needed. */
async function render(d: Delivery, tx: Tx, message: Message): Promise<Card | null> {
  const subject = await noticeSubject(tx, message)
  const { timeZone, limits, reasonOf } = d
  return subject ? renderNotice({ tx, message, ...subject, now: d.clock(), timeZone, limits, reasonOf }) : null
}

/**
 * The content of a message that is about to be sent for the first time, and the message, as it is settled in the same
 * transaction; an instant when it must wait until then; undefined when it is no longer needed and was dropped.
 */
async function prepare(d: Delivery, message: Message): Promise<{ card: Card; message: Message } | Date | undefined> {
  const now = d.clock()
  const { timeZone } = d
  const isReminder = message.kind === 'reminder'
  const ready = async (tx: Tx): Promise<Message | Date | undefined> => {
    const subject = await noticeSubject(tx, message)
    if (subject && isQuiet(message)) {
      const at = nextSendingTime(now, subject.campaign.ladder, timeZone, await calendarOf(tx, d.workspaceId))
      // Waits until the morning's own reminders are planned, so that it does not repeat what they contain.
      if (at > now) return new Date(at.getTime() + AFTER_PLANNING_MS)
    }
    return isReminder ? settleReminder(tx, message, { now, timeZone, by: d.owner.id }) : message
  }
  const inTransaction = async (tx: Tx) => {
    const settled = await ready(tx)
    if (settled instanceof Date || !settled) return settled
    const card = await render(d, tx, settled)
    if (!card && isReminder) await drop(d, tx, settled.key)
    return card ? { card, message: settled } : undefined
  }
  if (isReminder) return d.store.write(inTransaction)
  const prepared = await d.store.read(inTransaction)
  if (!prepared) await dropped(d, message)
  return prepared
}

/**
 * The place of the message in the chat; undefined if it is not there. Throws when the chat cannot tell: a message is
 * sent again only when it is known not to have arrived. If the person is unreachable, returns undefined, since nothing
 * can be searched or sent.
 */
async function found(d: Delivery, account: string, key: string): Promise<Place | undefined> {
  try {
    return await d.sender.find(account, key)
  } catch (error) {
    if (error instanceof SendError && error.why === 'unreachable') return undefined
    if (error instanceof SendError && error.why === 'later') throw error
    const isSetUpWrong = error instanceof SendError && installationReasons.includes(error.reason)
    const reason = isSetUpWrong ? error.reason : 'arrival_unknown'
    throw new SendError('uncertain', reason, `history: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** The account of the person in this chat; looked up by e-mail if it is not bound yet. */
async function accountOf(d: Delivery, message: Message, begin: () => void): Promise<string | undefined> {
  const { workspaceId, personId } = message
  const lastWord = erasedAccountOf(message)
  if (lastWord) return lastWord
  const { platform } = d.directory
  const { account, person } = await d.store.read(async (tx) => ({
    account: await tx.accounts.ofPerson(workspaceId, platform, personId),
    person: await tx.people.byId(workspaceId, personId),
  }))
  if (account) return account.externalId
  if (!person?.email) return undefined
  begin()
  const profile = await d.directory.byEmail(person.email)
  if (!profile) return undefined
  const ref = { workspaceId, platform, externalId: profile.externalId }
  return d.store.write((tx) => bindFound({ tx, now: d.clock() }, ref, profile, personId, d.admins))
}
