import { allow, maySpeakFor } from './access.js'
import { audit } from './audit.js'
import { type Campaign, criterionOf } from './campaign.js'
import { UserError } from './errors.js'
import { cellState } from './progress.js'
import type { ReviewKind } from './review.js'
import { renewStandings } from './tally.js'
import type { UseCase } from './use-case.js'

/**
 * "Nothing to report" (*không phát sinh*) for one criterion up to one review, said on purpose by the unit's head or
 * deputy. Saying it twice changes nothing.
 * Throws `access.denied`, `criterion.not_found`, `nil.has_evidence` where evidence stands already.
 */
export async function sayNothingToReport(
  use: UseCase,
  campaign: Campaign,
  unitId: string,
  criterion: string,
  reviewKind: ReviewKind,
): Promise<void> {
  const { tx, actor, now } = use
  allow(maySpeakFor(actor, unitId), 'nil')
  if (!criterionOf(campaign, criterion)) throw new UserError('criterion.not_found', { word: criterion })
  const state = cellState(await tx.progress.tally(campaign.id, unitId, criterion), false)
  if (state === 'confirmed' || state === 'waiting') throw new UserError('nil.has_evidence', { criterion })
  const report = { unitId, criterion, reviewKind }
  if (!(await tx.nilReports.add(actor.workspaceId, campaign.id, report, actor.person.id, now))) return
  await audit(use, 'nil.said', `unit:${unitId}`, { criterion, reviewKind })
  await renewStandings(tx, campaign, actor.workspaceId, unitId, now)
}

/** Takes back a "nothing to report" that was said by mistake. Throws `access.denied`. */
export async function takeBackNothingToReport(
  use: UseCase,
  campaign: Campaign,
  unitId: string,
  criterion: string,
  reviewKind: ReviewKind,
): Promise<void> {
  allow(maySpeakFor(use.actor, unitId), 'nil')
  if (!(await use.tx.nilReports.remove(campaign.id, { unitId, criterion, reviewKind }))) return
  await audit(use, 'nil.taken_back', `unit:${unitId}`, { criterion, reviewKind })
  await renewStandings(use.tx, campaign, use.actor.workspaceId, unitId, use.now)
}
