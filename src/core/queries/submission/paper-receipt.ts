import type { Campaign } from '../../campaign/campaign.js'
import type { PaperReceipt } from '../../submission/paper-receipt.js'
import type { UseCase } from '../../use-case.js'
import { criteriaWithEvidence } from './progress.js'

/** A paper receipt that was just recorded. */
export interface PaperReceiptView {
  campaign: Campaign
  receipt: PaperReceipt
  unitName: string
  /** For how many criteria the unit has evidence up to the current review. */
  have: number
}

/** Reads what is shown of a recorded paper receipt. Checks no permission. */
export async function viewPaperReceipt(
  use: UseCase,
  campaign: Campaign,
  receipt: PaperReceipt,
): Promise<PaperReceiptView> {
  const unit = await use.tx.units.byId(use.actor.workspaceId, receipt.unitId)
  const have = (await criteriaWithEvidence(use, campaign, receipt.unitId)) ?? 0
  return { campaign, receipt, unitName: unit?.name ?? '', have }
}
