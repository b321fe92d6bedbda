import { audit } from '../audit/append.js'
import { type Campaign, criterionOf } from '../campaign/campaign.js'
import { isDate, localDate } from '../date.js'
import { type FieldFault, FormError } from '../errors.js'
import { authorize } from '../people/access.js'
import { reports } from '../people/unit.js'
import type { UseCase } from '../use-case.js'
import { countPaper } from './evidence-changed.js'
import type { PaperReceipt } from './paper-receipt.js'

/**
 * Records a paper: the cell then has evidence. A repetition changes nothing. Throws `access.denied`; FormError with
 * each fault at its field (`unit`, `criterion`, `date`).
 */
export async function recordPaper(
  use: UseCase,
  campaign: Campaign,
  draft: { unitId?: string; criterion?: string; receivedOn?: string },
): Promise<PaperReceipt> {
  const { tx, actor, now } = use
  authorize(actor, 'paper.record')
  const unit = draft.unitId ? await tx.units.byId(actor.workspaceId, draft.unitId) : undefined
  const date = draft.receivedOn ?? ''
  const today = localDate(now, use.timeZone)
  const faults: FieldFault[] = []
  if (!unit || !reports(unit.kind)) faults.push({ field: 'unit', key: 'submission.unit_missing', params: {} })
  if (!criterionOf(campaign, draft.criterion ?? ''))
    faults.push({ field: 'criterion', key: 'submission.criterion_missing', params: {} })
  if (!isDate(date)) faults.push({ field: 'date', key: 'submission.date_invalid', params: {} })
  else if (date > today || date < campaign.period.from)
    faults.push({ field: 'date', key: 'paper.date_outside', params: { from: campaign.period.from, to: today } })
  if (faults.length > 0) throw new FormError(faults)
  const receipt = { unitId: draft.unitId as string, criterion: draft.criterion as string, receivedOn: date }
  if (!(await tx.paperReceipts.add(actor.workspaceId, campaign.id, receipt, actor.person.id, now))) return receipt
  await countPaper(tx, campaign, { workspaceId: actor.workspaceId, ...receipt }, 1, now)
  await audit(use, 'paper.recorded', `unit:${receipt.unitId}`, {
    campaignId: campaign.id,
    criterion: receipt.criterion,
    receivedOn: receipt.receivedOn,
  })
  return receipt
}

/** Deletes a paper receipt recorded by mistake; a repetition changes nothing. Throws `access.denied`. */
export async function deletePaper(use: UseCase, campaign: Campaign, receipt: PaperReceipt): Promise<void> {
  const { tx, actor, now } = use
  authorize(actor, 'paper.record')
  if (!(await tx.paperReceipts.remove(campaign.id, receipt))) return
  await countPaper(tx, campaign, { workspaceId: actor.workspaceId, ...receipt }, -1, now)
  const { unitId, criterion, receivedOn } = receipt
  await audit(use, 'paper.taken_back', `unit:${unitId}`, { campaignId: campaign.id, criterion, receivedOn })
}
