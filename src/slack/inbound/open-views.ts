import type { Reply } from '../../commands/ui.js'
import { boundedCache } from '../../core/bounded-cache.js'

type Show = (reply: Extract<Reply, { kind: 'card' }>) => Promise<unknown>

/** Over which card a form was opened, so that what follows from the form can take the card's place. */
export interface Opened {
  remember(viewId: string, show: Show): void
  /** How to answer at the card; undefined when that is no longer possible. */
  over(viewId: string): Show | undefined
}

/** An address to answer at is good for half an hour (docs.slack.dev, "Handling user interaction"). */
const GOOD_FOR_MS = 29 * 60_000
/** Forms open at once, more or less; the oldest are forgotten. */
const MOST = 1000

export function openedViews(now: () => number = Date.now): Opened {
  const views = boundedCache<string, { show: Show; until: number }>(MOST)
  return {
    remember(viewId, show) {
      views.set(viewId, { show, until: now() + GOOD_FOR_MS })
    },
    over(viewId) {
      const known = views.get(viewId)
      return known && known.until > now() ? known.show : undefined
    },
  }
}
