import type { Campaign } from '../../campaign/campaign.js'
import { settingsOf } from '../../campaign/read-settings.js'
import { unitsLedBy } from '../../people/access.js'
import type { Unit } from '../../people/unit.js'
import type { Tx } from '../../ports.js'
import type { Submission } from '../../submission/submission.js'
import type { UseCase } from '../../use-case.js'
import { type SubmissionView, viewSubmission } from './view.js'

/** What waits in one unit, as it is shown. */
export interface WaitingUnit {
  unitId: string
  unitName: string
  count: number
  /** Id of the newest change of state among it. */
  upTo: string
}

/** What waits for a head or deputy to confirm, oldest first. */
export interface WaitingEvidence {
  total: number
  first: readonly SubmissionView[]
  /** Units in which more than one piece of evidence waits. */
  units: readonly WaitingUnit[]
}

/**
 * Reads the first `limit` submissions that wait for the acting person to confirm, in one of the units that they lead or in all
 * of them. Undefined for a person who confirms nothing.
 */
export async function waitingEvidence(
  use: UseCase,
  campaign: Campaign,
  limit: number,
  unitId?: string,
): Promise<WaitingEvidence | undefined> {
  const { tx, actor, timeZone } = use
  const led = unitsLedBy(actor).filter((u) => unitId === undefined || u.id === unitId)
  if (led.length === 0 || !(await settingsOf(tx, actor.workspaceId)).headConfirms) return undefined
  let total = 0
  const oldest: Submission[] = []
  const units: WaitingUnit[] = []
  for (const unit of led) {
    const tallies = await tx.progress.talliesOf(campaign.id, unit.id)
    const waiting = [...tallies.values()].reduce((n, tally) => n + tally.submitted, 0)
    total += waiting
    units.push(...(await waitingUnit(tx, campaign, unit, waiting)))
    if (waiting > 0) oldest.push(...(await tx.submissions.waitingOf(campaign.id, unit.id, limit)))
  }
  oldest.sort((a, b) => a.number - b.number)
  const first: SubmissionView[] = []
  for (const s of oldest.slice(0, limit)) first.push(await viewSubmission(tx, campaign, s, timeZone))
  return { total, first, units }
}

/** A unit in which more than one piece of evidence waits; nothing otherwise. */
export async function waitingUnit(
  tx: Tx,
  campaign: Campaign,
  unit: Pick<Unit, 'id' | 'name'>,
  count: number,
): Promise<WaitingUnit[]> {
  const upTo = count > 1 ? await tx.submissions.newestEvent(campaign.id, unit.id, ['submitted']) : undefined
  return upTo === undefined ? [] : [{ unitId: unit.id, unitName: unit.name, count, upTo }]
}
