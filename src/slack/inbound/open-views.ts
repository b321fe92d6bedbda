import type { Reply } from '../../commands/ui.js'
import { boundedCache } from '../../core/bounded-cache.js'

type Show = (reply: Extract<Reply, { kind: 'card' }>) => Promise<unknown>

/** The card that each open form was opened from, so that the result of the form can replace the card. */
export interface OpenViews {
  /** `isOwn`: only this person sees the card, so that it can be replaced in place. */
  remember(viewId: string, show: Show, isOwn?: boolean): void
  /** The function that replaces the card of a view; undefined when that is no longer possible. */
  cardOf(viewId: string): Show | undefined
  /**
   * The same for a card that only this person sees: one that everybody sees is updated through the outbox. Once for each
   * `hash` of the view, since a form may arrive again, and no more often than a response_url may be used.
   */
  ownCardOf(viewId: string, hash: string): Show | undefined
}

/** A response_url is valid for 30 minutes (docs.slack.dev, "Handling user interaction"). */
const VALID_MS = 29 * 60_000

/** A response_url is used up after five; one is left for an answer. */
const MAX_USES = 4

/** Views that are remembered; the oldest are forgotten first. */
const MAX_VIEWS = 1000

export function openViews(now: () => number = Date.now): OpenViews {
  const views = boundedCache<string, { show: Show; isOwn: boolean; used: Set<string>; until: number }>(MAX_VIEWS)
  const valid = (viewId: string) => {
    const known = views.get(viewId)
    return known && known.until > now() ? known : undefined
  }
  return {
    remember(viewId, show, isOwn = false) {
      views.set(viewId, { show, isOwn, used: new Set(), until: now() + VALID_MS })
    },
    cardOf: (viewId) => valid(viewId)?.show,
    ownCardOf(viewId, hash) {
      const known = valid(viewId)
      if (!known?.isOwn || known.used.has(hash) || known.used.size >= MAX_USES) return undefined
      known.used.add(hash)
      return known.show
    },
  }
}
