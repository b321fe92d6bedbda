import { campaignOfNotice } from '../commands/notice-campaign.js'
import { renderNotice } from '../commands/notices.js'
import type { Directory } from '../commands/request.js'
import { SendError, type Sender } from '../commands/sender.js'
import { bindAccount } from '../core/identity.js'
import type { Message } from '../core/outbox.js'
import type { Clock, Store } from '../core/ports.js'
import { tellOrgOffice } from '../core/submission-notice.js'

export interface Delivery {
  store: Store
  sender: Sender
  directory: Directory
  clock: Clock
  timeZone: string
  log: (event: string, about: Record<string, unknown>) => void
}

/** A process that takes a message in hand has this long to say what became of it; after that another may take it. */
const LEASE_MS = 60_000
/** What was tried in vain for this long is given up, loudly. */
const GIVE_UP_MS = 24 * 3_600_000
const MAX_BACKOFF_MS = 5 * 60_000

/** How long the chat asked everyone to wait; 0 for not at all. */
export type Outcome = { waitMs: number }
const done: Outcome = { waitMs: 0 }

/**
 * Sends or updates one message and marks what became of it. A message that another process has in hand is left to it.
 * Never throws for what a chat does.
 */
export async function deliver(d: Delivery, message: Message): Promise<Outcome> {
  // A lease is about processes, not about the campaign: it runs on this machine's clock.
  const mine = await d.store.write((tx) => tx.outbox.claim(message.key, new Date(Date.now() + LEASE_MS)))
  if (!mine) return done
  try {
    const card = await d.store.read(async (tx) => {
      const campaign = await campaignOfNotice(tx, message)
      return campaign ? renderNotice({ tx, message, campaign, now: d.clock(), timeZone: d.timeZone }) : null
    })
    if (!card) {
      await d.store.write((tx) => tx.outbox.end(message.key, 'dropped', 'no longer wanted', d.clock()))
      return done
    }
    if (message.channel && message.ts) {
      const at = { channel: message.channel, ts: message.ts }
      await d.sender.update(at, card)
      await d.store.write((tx) => tx.outbox.sent(message.key, at, d.clock()))
      return done
    }
    const account = await accountOf(d, message)
    if (!account) throw new SendError('unreachable', 'no account with this e-mail')
    const earlier = message.uncertain ? await found(d, account, message) : undefined
    const at = earlier ?? (await d.sender.post(account, card, message.key))
    await d.store.write((tx) =>
      lastWordTo(message) ? tx.personalData.dropMessage(message.key) : tx.outbox.sent(message.key, at, d.clock()),
    )
    return done
  } catch (error) {
    return mark(d, message, error)
  }
}

/** The message as the chat has it already, if it does; a chat that cannot be searched is taken not to. */
async function found(d: Delivery, account: string, message: Message) {
  try {
    return await d.sender.find(account, message.key, new Date(message.createdAt.getTime() - 60_000))
  } catch (error) {
    if (error instanceof SendError && (error.why === 'later' || error.why === 'uncertain')) throw error
    return undefined
  }
}

/** The account that a message to somebody who was erased carries along: nothing of it stays once it was said. */
const lastWordTo = ({ payload }: Message): string | undefined =>
  typeof payload.lastWordTo === 'string' ? payload.lastWordTo : undefined

/** The account of the person in this chat; looked up by e-mail when they were not met yet. */
async function accountOf(d: Delivery, message: Message): Promise<string | undefined> {
  const { workspaceId, personId } = message
  const lastWord = lastWordTo(message)
  if (lastWord) return lastWord
  const { platform } = d.directory
  const { account, person } = await d.store.read(async (tx) => ({
    account: await tx.accounts.ofPerson(workspaceId, platform, personId),
    person: await tx.people.byId(workspaceId, personId),
  }))
  if (account) return account.externalId
  if (!person?.email) return undefined
  const profile = await d.directory.byEmail(person.email).catch((error: unknown) => {
    throw new SendError('uncertain', error instanceof Error ? error.message : String(error))
  })
  if (!profile) return undefined
  const { externalId } = profile
  const ref = { workspaceId, platform, externalId }
  const bound = await d.store.write((tx) => bindAccount({ tx, now: d.clock() }, ref, personId, null))
  return bound ? externalId : undefined
}

async function mark(d: Delivery, message: Message, error: unknown): Promise<Outcome> {
  const why = error instanceof SendError ? error : undefined
  const text = (error instanceof Error ? error.message : String(error)).slice(0, 200)
  const now = d.clock()
  const about = { key: message.key, kind: message.kind, attempt: message.attempts + 1, error: text }
  if (why?.why === 'unreachable') {
    d.log('person cannot be reached', about)
    await d.store.write(async (tx) => {
      if (lastWordTo(message)) return tx.personalData.dropMessage(message.key)
      const person = await tx.people.byId(message.workspaceId, message.personId)
      // Whoever left or was erased is not out of reach: nothing is to be done about it.
      await tx.outbox.end(message.key, person ? 'unreachable' : 'dropped', text, now)
      if (!person) return
      const use = { tx, now, actor: { workspaceId: message.workspaceId } }
      await tellOrgOffice(use, 'unreachable', person.id, { name: person.fullName, email: person.email })
    })
    return done
  }
  if (
    why?.why === 'gone' ||
    why?.why === 'refused' ||
    now.getTime() - (message.triedSince ?? now).getTime() > GIVE_UP_MS
  ) {
    d.log(why?.why === 'gone' ? 'message is gone' : 'message given up', about)
    await d.store.write((tx) =>
      lastWordTo(message)
        ? tx.personalData.dropMessage(message.key)
        : tx.outbox.end(message.key, why?.why === 'gone' ? 'dropped' : 'failed', text, now),
    )
    return done
  }
  const backoff = Math.min(MAX_BACKOFF_MS, 1000 * 2 ** message.attempts) * (0.75 + Math.random() / 2)
  const waitMs = why?.why === 'later' ? why.retryAfterMs : backoff
  // An update may be made twice without harm; only a first sending can be doubled.
  const uncertain = why?.why !== 'later' && message.ts === null
  d.log('message will be tried again', { ...about, waitMs: Math.round(waitMs) })
  await d.store.write((tx) =>
    tx.outbox.retry(message.key, new Date(now.getTime() + waitMs), text, uncertain || message.uncertain, now),
  )
  return why?.why === 'later' && text === 'ratelimited' ? { waitMs } : done
}
