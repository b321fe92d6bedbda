import { auditCli } from '../audit/append.js'
import { campaignOf } from '../campaign/campaign.js'
import type { Plan } from '../campaign/plan.js'
import type { NewId, Tx } from '../ports.js'
import { recountAll } from '../progress/tally.js'

export type PlanImport =
  | { outcome: 'imported' | 'changed' | 'same' }
  /** Criteria with evidence that the new plan lacks; nothing was changed. */
  | { outcome: 'refused'; criteria: string[] }

/**
 * Imports a plan as a new campaign, or changes the campaign with the same code. `hash`: of the plan's text; the same plan again
 * changes nothing.
 */
export async function importPlan(
  use: { tx: Tx; now: Date; newId: NewId; workspaceId: string },
  plan: Plan,
  hash: string,
): Promise<PlanImport> {
  const { tx, now, workspaceId } = use
  const known = await tx.campaigns.byCode(workspaceId, plan.code)
  if (known?.hash === hash) return { outcome: 'same' }
  const id = known?.id ?? use.newId()
  const campaign = campaignOf(id, workspaceId, plan)
  if (known) {
    const codes = new Set(campaign.groups.flatMap((g) => g.criteria.map((c) => c.code)))
    const orphans = (await tx.progress.criteriaWithEvidence(id)).filter((c) => !codes.has(c))
    if (orphans.length > 0) return { outcome: 'refused', criteria: orphans }
  }
  await tx.campaigns.put({ id, workspaceId, code: plan.code, hash, plan }, now)
  await recountAll(tx, campaign)
  // The search index contains the plan's numbers and criteria.
  if (known) await tx.search.markOf(workspaceId, { campaignId: id })
  await auditCli(use, known ? 'plan.changed' : 'plan.imported', `campaign:${id}`, { code: plan.code, hash })
  return { outcome: known ? 'changed' : 'imported' }
}
