import type { Reply } from '../../commands/ui.js'
import { boundedCache } from '../../core/bounded-cache.js'

type Show = (reply: Extract<Reply, { kind: 'card' }>) => Promise<unknown>

/** The card that each open form was opened from, so that the result of the form can replace the card. */
export interface OpenViews {
  remember(viewId: string, show: Show): void
  /** The function that replaces the card of a view; undefined when that is no longer possible. */
  cardOf(viewId: string): Show | undefined
}

/** A response_url is valid for 30 minutes (docs.slack.dev, "Handling user interaction"). */
const VALID_MS = 29 * 60_000

/** Views that are remembered; the oldest are forgotten first. */
const MAX_VIEWS = 1000

export function openViews(now: () => number = Date.now): OpenViews {
  const views = boundedCache<string, { show: Show; until: number }>(MAX_VIEWS)
  return {
    remember(viewId, show) {
      views.set(viewId, { show, until: now() + VALID_MS })
    },
    cardOf(viewId) {
      const known = views.get(viewId)
      return known && known.until > now() ? known.show : undefined
    },
  }
}
