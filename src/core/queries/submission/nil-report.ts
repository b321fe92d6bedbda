import { type Campaign, criterionOf } from '../../campaign/campaign.js'
import type { ReviewKind } from '../../campaign/review.js'
import { UserError } from '../../errors.js'
import { authorize } from '../../people/access.js'
import type { NilKey } from '../../submission/nil-report.js'
import { missingCriteria } from '../../submission/report-nil.js'
import type { UseCase } from '../../use-case.js'

/** One criterion of a unit for the form that reports "nothing to report". */
export interface NilReportView {
  campaign: Campaign
  unitName: string
  /** The reason that was given before. */
  reason: string | undefined
}

/** Reads one criterion of a unit for its head or deputy. Throws `access.denied`, `criterion.not_found`. */
export async function viewNilReport(use: UseCase, campaign: Campaign, key: NilKey): Promise<NilReportView> {
  const { tx, actor } = use
  authorize(actor, 'nilReport.say', key.unitId)
  if (!criterionOf(campaign, key.criterion)) throw new UserError('criterion.not_found', { word: key.criterion })
  const said = (await tx.nilReports.ofUnit(campaign.id, key.unitId)).find(
    (n) => n.criterion === key.criterion && n.reviewKind === key.reviewKind,
  )
  return { campaign, unitName: await nameOf(use, key.unitId), reason: said?.reason ?? undefined }
}

/** Everything that a unit lacks up to a review. */
export interface MissingView {
  campaign: Campaign
  unitName: string
  /** In the plan's order; `isReturned`: some evidence for it was returned. */
  criteria: readonly { code: string; isReturned: boolean }[]
}

/** Reads what a unit lacks for its head or deputy. Throws `access.denied`, `nil.nothing_left`. */
export async function viewMissing(
  use: UseCase,
  campaign: Campaign,
  unitId: string,
  reviewKind: ReviewKind,
): Promise<MissingView> {
  const codes = await missingCriteria(use, campaign, unitId, reviewKind)
  if (codes.length === 0) throw new UserError('nil.nothing_left', {})
  const tallies = await use.tx.progress.talliesOf(campaign.id, unitId)
  return {
    campaign,
    unitName: await nameOf(use, unitId),
    criteria: codes.map((code) => ({ code, isReturned: (tallies.get(code)?.returned ?? 0) > 0 })),
  }
}

const nameOf = async ({ tx, actor }: UseCase, unitId: string): Promise<string> =>
  (await tx.units.byId(actor.workspaceId, unitId))?.name ?? ''
