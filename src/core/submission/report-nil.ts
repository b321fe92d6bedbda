import { audit } from '../audit/append.js'
import { type Campaign, criteriaOf, criterionOf } from '../campaign/campaign.js'
import { mustBeOpen } from '../campaign/closed.js'
import type { ReviewKind } from '../campaign/review.js'
import { type FieldFault, FormError, UserError } from '../errors.js'
import { authorize } from '../people/access.js'
import { unitCounts } from '../progress/cells.js'
import { cellState, isMissing } from '../progress/progress.js'
import { secrecyMark } from '../secrecy.js'
import type { UseCase } from '../use-case.js'
import { standingChanged } from './evidence-changed.js'
import { maxNilReason } from './nil-report.js'

/**
 * Reports "nothing to report" (*không phát sinh*) for one criterion up to one review, on purpose, by the unit's head or
 * deputy, with an optional reason. A repetition changes only the reason.
 *
 * Throws `access.denied`, `criterion.not_found`, `review.closed`, `nil.has_evidence` where there is evidence, FormError for a reason
 * that is too long or bears a secrecy stamp.
 */
export async function reportNil(
  use: UseCase,
  campaign: Campaign,
  unitId: string,
  criterion: string,
  reviewKind: ReviewKind,
  reason = '',
): Promise<void> {
  const { tx, actor } = use
  authorize(actor, 'nilReport.say', unitId)
  if (!criterionOf(campaign, criterion)) throw new UserError('criterion.not_found', { word: criterion })
  await mustBeOpen(tx, actor.workspaceId, campaign.id, reviewKind)
  const given = checkNilReason(reason, false)
  const state = cellState(await tx.progress.tally(campaign.id, unitId, criterion), false)
  if (state === 'confirmed' || state === 'waiting') throw new UserError('nil.has_evidence', { criterion })
  if (await storeNilReport(use, campaign, unitId, criterion, reviewKind, given))
    await standingChanged(tx, campaign, actor.workspaceId, unitId, use.now)
}

/**
 * Reports "nothing to report" for all listed criteria that are still missing, with one reason. Criteria with evidence
 * by now are skipped. Returns the codes it was reported for, in the plan's order.
 *
 * Throws `access.denied`, `review.closed`, FormError for the reason, `nil.nothing_left` when none of the list is missing any more.
 */
export async function reportNilForAll(
  use: UseCase,
  campaign: Campaign,
  unitId: string,
  criteria: readonly string[],
  reviewKind: ReviewKind,
  reason: string,
): Promise<string[]> {
  authorize(use.actor, 'nilReport.say', unitId)
  await mustBeOpen(use.tx, use.actor.workspaceId, campaign.id, reviewKind)
  const given = checkNilReason(reason, true)
  const left = (await missingCriteria(use, campaign, unitId, reviewKind)).filter((code) => criteria.includes(code))
  if (left.length === 0) throw new UserError('nil.nothing_left', {})
  for (const criterion of left) await storeNilReport(use, campaign, unitId, criterion, reviewKind, given)
  await standingChanged(use.tx, campaign, use.actor.workspaceId, unitId, use.now)
  return left
}

/**
 * Codes of the criteria that a unit lacks for a review, in the plan's order, for its leaders. Throws `access.denied`.
 */
export async function missingCriteria(
  { tx, actor }: UseCase,
  campaign: Campaign,
  unitId: string,
  reviewKind: ReviewKind,
): Promise<string[]> {
  authorize(actor, 'nilReport.say', unitId)
  const { tallies, nil } = await unitCounts(tx, campaign.id, unitId, reviewKind)
  return criteriaOf(campaign)
    .map((c) => c.code)
    .filter((code) => isMissing(cellState(tallies.get(code), nil.has(code))))
}

/** Withdraws a nil report. Throws `access.denied`, `review.closed`. */
export async function withdrawNilReport(
  use: UseCase,
  campaign: Campaign,
  unitId: string,
  criterion: string,
  reviewKind: ReviewKind,
): Promise<void> {
  authorize(use.actor, 'nilReport.say', unitId)
  await mustBeOpen(use.tx, use.actor.workspaceId, campaign.id, reviewKind)
  if (!(await use.tx.nilReports.remove(campaign.id, { unitId, criterion, reviewKind }))) return
  await audit(use, 'nil.taken_back', `unit:${unitId}`, { campaignId: campaign.id, criterion, reviewKind })
  await standingChanged(use.tx, campaign, use.actor.workspaceId, unitId, use.now)
}

/** Returns true when it was not reported before. */
async function storeNilReport(
  use: UseCase,
  campaign: Campaign,
  unitId: string,
  criterion: string,
  reviewKind: ReviewKind,
  reason: string | null,
): Promise<boolean> {
  const { tx, actor, now } = use
  const report = { unitId, criterion, reviewKind, reason }
  const isNew = await tx.nilReports.add(actor.workspaceId, campaign.id, report, actor.person.id, now)
  const changed = isNew || (reason !== null && (await tx.nilReports.setReason(campaign.id, report)))
  const data = { campaignId: campaign.id, criterion, reviewKind, reason: reason !== null }
  if (changed) await audit(use, 'nil.said', `unit:${unitId}`, data)
  return isNew
}

/** The trimmed reason, null for none. Throws FormError at `reason`. */
function checkNilReason(typed: string, isRequired: boolean): string | null {
  const reason = typed.trim()
  const mark = secrecyMark(reason)
  const faults: FieldFault[] = []
  if (reason === '' && isRequired) faults.push({ field: 'reason', key: 'nil.reason_empty', params: {} })
  if (reason.length > maxNilReason)
    faults.push({ field: 'reason', key: 'nil.reason_too_long', params: { max: maxNilReason } })
  if (mark) faults.push({ field: 'reason', key: 'submission.secret', params: { mark } })
  if (faults.length > 0) throw new FormError(faults)
  return reason === '' ? null : reason
}
