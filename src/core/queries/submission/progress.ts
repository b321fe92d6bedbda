import type { Campaign } from '../../campaign/campaign.js'
import type { UseCase } from '../../use-case.js'
import { currentKind } from '../campaign/review-deadline.js'

/** For how many criteria a unit has evidence up to the current review; undefined while the unit has no standing. */
export async function criteriaWithEvidence(
  use: Pick<UseCase, 'tx' | 'now' | 'timeZone'>,
  campaign: Campaign,
  unitId: string,
): Promise<number | undefined> {
  return (await use.tx.progress.standing(campaign.id, await currentKind(use, campaign), unitId))?.have
}
