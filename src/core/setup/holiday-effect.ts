import { calendarOf } from '../calendar/holiday-calendar.js'
import type { Calendar } from '../calendar/working-day.js'
import type { Campaign, Ladder } from '../campaign/campaign.js'
import type { Review } from '../campaign/review.js'
import { running } from '../campaign/running.js'
import { localDate } from '../date.js'
import type { Tx } from '../ports.js'
import { type Rung, rungsOf } from '../reminder/ladder.js'
import type { UseCase } from '../use-case.js'

/** A rung that a change of holidays moves. */
export interface MovedRung extends Rung {
  /** Its day before the change, yyyy-mm-dd. */
  was: string
}

/** The rungs that a change of holidays moves, from today on, by their new days. `today`: yyyy-mm-dd. */
function movedRungs(
  reviews: readonly Review[],
  ladder: Ladder,
  [before, after]: readonly [Calendar, Calendar],
  today: string,
): MovedRung[] {
  return reviews
    .flatMap((review) => {
      const were = rungsOf(review, ladder, before)
      return rungsOf(review, ladder, after).map((rung, i) => ({ ...rung, was: were[i]?.on ?? rung.on }))
    })
    .filter((r) => r.on !== r.was && (r.on >= today || r.was >= today))
    .sort((a, b) => (a.on < b.on ? -1 : 1))
}

/** The effect of a change of holidays on one campaign. */
export interface HolidayEffect {
  campaign: Campaign
  moved: MovedRung[]
  /** Reviews to come whose day is free now. */
  freeReviews: Review[]
}

/** Makes a change and returns its effect on each running campaign; undefined where it changed nothing. */
export async function saveWithEffect(
  use: UseCase,
  change: (tx: Tx) => Promise<boolean>,
): Promise<HolidayEffect[] | undefined> {
  const { tx, actor, now, timeZone } = use
  const before = await calendarOf(tx, actor.workspaceId)
  if (!(await change(tx))) return undefined
  const after = await calendarOf(tx, actor.workspaceId)
  const today = localDate(now, timeZone)
  const effects: HolidayEffect[] = []
  for (const campaign of await running(tx, actor.workspaceId, today)) {
    const reviews = await tx.reviews.list(campaign.id)
    const moved = movedRungs(reviews, campaign.ladder, [before, after], today)
    const freeReviews = reviews.filter((r) => r.date >= today && before(r.date) && !after(r.date))
    effects.push({ campaign, moved, freeReviews })
  }
  return effects
}
