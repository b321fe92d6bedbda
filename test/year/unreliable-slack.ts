import { type Place, SendError, type Sender } from '../../src/commands/chat.js'
import type { Directory } from '../../src/commands/request.js'
import type { Card } from '../../src/commands/ui.js'
import type { Dice } from '../chance.js'
import type { Staff } from './college.js'

/** A message in a person's DM. */
export interface Post {
  account: string
  key: string
  /** When it arrived, in ms since the epoch. */
  arrivedAt: number
  ts: string
  /** The current content. */
  card: Card
  /** The content when it was posted. */
  firstCard: Card
}

/** The probability of each fault of a call. */
export interface FaultRates {
  /** The request never arrives. */
  requestLost: number
  /** The request is processed, but its response never arrives. */
  responseLost: number
  /** The call is refused with a pause to wait for (HTTP 429). */
  rateLimited: number
  /** The call fails with HTTP 500, sometimes after it was processed. */
  serverError: number
  /** The response takes some seconds. */
  slow: number
  /** The request is processed some seconds after the bot timed out. */
  processedLate: number
}
export const noFaults: FaultRates = {
  requestLost: 0,
  responseLost: 0,
  rateLimited: 0,
  serverError: 0,
  slow: 0,
  processedLate: 0,
}
export const usualFaults: FaultRates = {
  requestLost: 0.015,
  responseLost: 0.02,
  rateLimited: 0.006,
  serverError: 0.02,
  slow: 0.02,
  processedLate: 0,
}

const TIMEOUT_MS = 10_000

/**
 * A Slack with DMs whose calls fail at given rates: requests and responses are lost, rate-limited, failed or slow. It can
 * also be unavailable for a time. Uses the simulated clock.
 */
export function createUnreliableSlack(staff: readonly Staff[], dice: Dice) {
  const posts: Post[] = []
  const postsByAccount = new Map<string, Post[]>()
  const byEmail = new Map(staff.filter((s) => s.isInChat).map((s) => [s.email, s]))
  const accounts = new Set([...byEmail.values()].map((s) => s.account))
  let lastTs = 0
  let callsInFlight = 0
  let faultRates = noFaults
  let unavailableUntil = 0
  const counts = {
    posts: 0,
    updates: 0,
    searches: 0,
    searchHits: 0,
    requestLost: 0,
    responseLost: 0,
    rateLimited: 0,
    serverError: 0,
    unavailable: 0,
  }

  const wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))

  /** Makes one call, with a fault at the current rates. `perform` is what Slack does with a request that arrives. */
  async function call<T>(perform: () => T): Promise<T> {
    callsInFlight++
    try {
      if (Date.now() < unavailableUntil) {
        counts.unavailable++
        await wait(dice.between(10, 300))
        throw new SendError('uncertain', 'chat_fault', 'http 503')
      }
      const { requestLost, responseLost, rateLimited, serverError, slow, processedLate } = faultRates
      let roll = dice()
      // One random number decides, so that a call has one fault at most: each fault takes its own part of its range.
      const isFault = (p: number) => {
        roll -= p
        return roll < 0 && roll + p >= 0
      }
      if (isFault(requestLost)) {
        counts.requestLost++
        await wait(dice.pick([50, TIMEOUT_MS]))
        throw new SendError('uncertain', 'no_connection', 'socket hang up')
      }
      if (isFault(rateLimited)) {
        counts.rateLimited++
        await wait(dice.between(10, 100))
        throw new SendError('later', 'rate_limited', 'ratelimited', dice.pick([1, 1, 2, 5, 30]) * 1000)
      }
      if (isFault(responseLost)) {
        counts.responseLost++
        await wait(dice.between(10, 3000))
        perform()
        await wait(TIMEOUT_MS - 3000)
        throw new SendError('uncertain', 'no_connection', 'timeout')
      }
      if (isFault(processedLate)) {
        setTimeout(perform, TIMEOUT_MS + dice.between(500, 5000))
        await wait(TIMEOUT_MS)
        // As the real client reports it: the request may still arrive within 15 s.
        throw new SendError('uncertain', 'no_connection', 'timeout', 15_000)
      }
      if (isFault(serverError)) {
        counts.serverError++
        await wait(dice.between(10, 500))
        if (dice.hit(0.4)) perform()
        throw new SendError('uncertain', 'chat_fault', 'http 500')
      }
      await wait(isFault(slow) ? dice.between(1000, 6000) : dice.between(5, 200))
      const result = perform()
      if (dice.hit(0.2)) await wait(dice.between(5, 300))
      return result
    } finally {
      callsInFlight--
    }
  }

  const requireMember = (account: string) => {
    if (!accounts.has(account)) throw new SendError('unreachable', 'refused', 'user_not_found')
  }
  const sender: Sender = {
    post: (account, card, key) =>
      call(() => {
        requireMember(account)
        counts.posts++
        const post = { account, key, arrivedAt: Date.now(), ts: `${++lastTs}.000`, card, firstCard: card }
        posts.push(post)
        postsByAccount.set(account, [...(postsByAccount.get(account) ?? []), post])
        return { channel: `D${account}`, ts: post.ts }
      }),
    update: (at, card) =>
      call(() => {
        counts.updates++
        const post = postsByAccount.get(at.channel.slice(1))?.find((p) => p.ts === at.ts)
        if (!post) throw new SendError('gone', 'refused', 'message_not_found')
        post.card = card
      }),
    find: (account, key) =>
      call((): Place | undefined => {
        requireMember(account)
        counts.searches++
        const post = postsByAccount.get(account)?.find((p) => p.key === key)
        if (!post) return undefined
        counts.searchHits++
        return { channel: `D${account}`, ts: post.ts }
      }),
  }
  const directory: Directory = {
    platform: 'slack',
    profile: async () => ({ externalId: '', name: '', email: null, standing: 'member' }),
    byEmail: (email) =>
      call(() => {
        const member = byEmail.get(email)
        return member && { externalId: member.account, name: member.account, email, standing: 'member' }
      }),
  } as Directory

  return {
    posts,
    counts,
    sender,
    directory,
    /** The number of calls without a response yet. */
    callsInFlight: () => callsInFlight,
    set faultRates(rates: FaultRates) {
      faultRates = rates
    },
    /** Makes all calls fail with HTTP 503 until an instant. */
    makeUnavailableUntil(until: number) {
      unavailableUntil = until
    },
  }
}
export type UnreliableSlack = ReturnType<typeof createUnreliableSlack>
