import type { Calendar } from '../calendar/working-day.js'
import type { Campaign } from '../campaign/campaign.js'
import { type Review, reviewsInView } from '../campaign/review.js'
import type { Tx } from '../ports.js'
import { reportState } from './decide.js'

/**
 * The review that a unit works towards on a date (yyyy-mm-dd): the leading one, or the next one once the unit's report for it
 * is approved. Undefined where no review has a date.
 */
export async function leadingForUnit(
  tx: Tx,
  campaign: Campaign,
  unitId: string,
  reviews: readonly Review[],
  today: string,
  isWorkingDay: Calendar,
): Promise<Review | undefined> {
  const { leading, next } = reviewsInView(reviews, today, isWorkingDay)
  if (!leading || !next) return leading
  return (await reportState(tx, campaign, unitId, leading.kind)) === 'approved' ? next : leading
}
