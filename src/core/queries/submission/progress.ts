import { type Campaign, currentReviewKind } from '../../campaign/campaign.js'
import { localDate } from '../../date.js'
import type { UseCase } from '../../use-case.js'

/** For how many criteria a unit has evidence up to the current review; undefined while the unit has no standing. */
export async function criteriaWithEvidence(
  { tx, now, timeZone }: Pick<UseCase, 'tx' | 'now' | 'timeZone'>,
  campaign: Campaign,
  unitId: string,
): Promise<number | undefined> {
  const kind = currentReviewKind(await tx.reviews.list(campaign.id), localDate(now, timeZone))
  return (await tx.progress.standing(campaign.id, kind, unitId))?.have
}
