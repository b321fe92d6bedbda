import { type Place, SendError, type Sender } from '../../src/commands/chat.js'
import type { Directory } from '../../src/commands/request.js'
import type { Card } from '../../src/commands/ui.js'
import type { Dice } from '../chance.js'
import type { Staff } from './college.js'

/** A message in a person's DM. */
export interface Post {
  account: string
  key: string
  /** When it arrived, in ms. */
  at: number
  ts: string
  card: Card
  first: Card
}

/** Probabilities of what happens to a call. */
export interface Troubles {
  /** The request never arrives. */
  lost: number
  /** It is done, but the response never arrives. */
  unanswered: number
  tooMany: number
  serverError: number
  /** It is done after some seconds. */
  slow: number
  /** It is done some seconds after the bot gave the call up. */
  late: number
}
export const calm: Troubles = { lost: 0, unanswered: 0, tooMany: 0, serverError: 0, slow: 0, late: 0 }
export const usual: Troubles = { lost: 0.015, unanswered: 0.02, tooMany: 0.006, serverError: 0.02, slow: 0.02, late: 0 }

const TIMEOUT_MS = 10_000

/**
 * An unreliable Slack with DMs: it loses requests and responses, requests pauses, fails, is slow, and is unavailable
 * at times. Uses the simulated clock.
 */
export function unreliableSlack(staff: readonly Staff[], dice: Dice) {
  const posts: Post[] = []
  const of = new Map<string, Post[]>()
  const byEmail = new Map(staff.filter((s) => !s.away).map((s) => [s.email, s]))
  const accounts = new Set([...byEmail.values()].map((s) => s.account))
  let serial = 0
  let inHand = 0
  let troubles = calm
  let awayUntil = 0
  const counts = {
    posts: 0,
    updates: 0,
    finds: 0,
    found: 0,
    lost: 0,
    unanswered: 0,
    tooMany: 0,
    serverError: 0,
    away: 0,
  }

  const wait = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))

  /** One call with its troubles. `act` is what Slack does with a request that arrives. */
  async function call<T>(act: () => T): Promise<T> {
    inHand++
    try {
      if (Date.now() < awayUntil) {
        counts.away++
        await wait(dice.between(10, 300))
        throw new SendError('uncertain', 'chat_fault', 'http 503')
      }
      const { lost, unanswered, tooMany, serverError, slow, late } = troubles
      let roll = dice()
      const befalls = (p: number) => {
        roll -= p
        return roll < 0 && roll + p >= 0
      }
      if (befalls(lost)) {
        counts.lost++
        await wait(dice.pick([50, TIMEOUT_MS]))
        throw new SendError('uncertain', 'no_connection', 'socket hang up')
      }
      if (befalls(tooMany)) {
        counts.tooMany++
        await wait(dice.between(10, 100))
        throw new SendError('later', 'rate_limited', 'ratelimited', dice.pick([1, 1, 2, 5, 30]) * 1000)
      }
      if (befalls(unanswered)) {
        counts.unanswered++
        await wait(dice.between(10, 3000))
        act()
        await wait(TIMEOUT_MS - 3000)
        throw new SendError('uncertain', 'no_connection', 'timeout')
      }
      if (befalls(late)) {
        setTimeout(act, TIMEOUT_MS + dice.between(500, 5000))
        await wait(TIMEOUT_MS)
        // Like the real client: a request without a response may still arrive.
        throw new SendError('uncertain', 'no_connection', 'timeout', 15_000)
      }
      if (befalls(serverError)) {
        counts.serverError++
        await wait(dice.between(10, 500))
        if (dice.hit(0.4)) act()
        throw new SendError('uncertain', 'chat_fault', 'http 500')
      }
      await wait(befalls(slow) ? dice.between(1000, 6000) : dice.between(5, 200))
      const answer = act()
      if (dice.hit(0.2)) await wait(dice.between(5, 300))
      return answer
    } finally {
      inHand--
    }
  }

  const mustBeIn = (account: string) => {
    if (!accounts.has(account)) throw new SendError('unreachable', 'refused', 'user_not_found')
  }
  const sender: Sender = {
    post: (account, card, key) =>
      call(() => {
        mustBeIn(account)
        counts.posts++
        const post = { account, key, at: Date.now(), ts: `${++serial}.000`, card, first: card }
        posts.push(post)
        of.set(account, [...(of.get(account) ?? []), post])
        return { channel: `D${account}`, ts: post.ts }
      }),
    update: (at, card) =>
      call(() => {
        counts.updates++
        const post = of.get(at.channel.slice(1))?.find((p) => p.ts === at.ts)
        if (!post) throw new SendError('gone', 'refused', 'message_not_found')
        post.card = card
      }),
    find: (account, key) =>
      call((): Place | undefined => {
        mustBeIn(account)
        counts.finds++
        const post = of.get(account)?.find((p) => p.key === key)
        if (!post) return undefined
        counts.found++
        return { channel: `D${account}`, ts: post.ts }
      }),
  }
  const directory: Directory = {
    platform: 'slack',
    profile: async () => ({ externalId: '', name: '', email: null }),
    byEmail: (email) =>
      call(() => {
        const known = byEmail.get(email)
        return known && { externalId: known.account, name: known.account, email }
      }),
  } as Directory

  return {
    posts,
    counts,
    sender,
    directory,
    inHand: () => inHand,
    set troubles(to: Troubles) {
      troubles = to
    },
    /** Slack is unavailable until an instant. */
    away(until: number) {
      awayUntil = until
    },
  }
}
export type UnreliableSlack = ReturnType<typeof unreliableSlack>
