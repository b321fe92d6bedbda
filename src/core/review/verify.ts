import { isDeepStrictEqual } from 'node:util'
import type { Campaign } from '../campaign/campaign.js'
import type { Tx } from '../ports.js'
import type { ClosedSubmission, ClosedUnit, Closing } from './closing.js'
import { snapshotFaults } from './snapshot.js'

/**
 * Proves every closed review of a campaign: its counts follow from its own submissions, these are the ones that existed when
 * it was closed in the state that they had by their history, and what is shown of it today is what was closed. Returns what
 * differs, each with the kind of the review; changes nothing.
 */
export async function verifyClosings(tx: Tx, campaign: Campaign): Promise<string[]> {
  const wrong: string[] = []
  for (const closing of await tx.closings.ofCampaign(campaign.id)) {
    const { id, kind, criteria, totals } = closing
    const units = await tx.closings.units(id)
    const submissions = await tx.closings.submissions(id)
    const faults = [
      ...snapshotFaults({ criteria, totals, units, submissions }),
      ...(await historyFaults(tx, campaign, closing, units, submissions)),
      ...(closing.reopened ? [] : await shownFaults(tx, closing)),
    ]
    wrong.push(...faults.map((fault) => `${kind} ${fault}`))
  }
  return wrong
}

/** Submissions whose state in the snapshot is not the one that their history gives for that moment, by number. */
async function historyFaults(
  tx: Tx,
  campaign: Campaign,
  { id }: Closing,
  units: readonly ClosedUnit[],
  submissions: readonly ClosedSubmission[],
): Promise<string[]> {
  const before = await tx.closings.statesBefore(campaign.id, id)
  const expected = new Map(before.map((s) => [s.id, s.state]))
  const wrong = submissions.filter((s) => expected.get(s.id) !== s.state).map((s) => s.id)
  const known = new Set(submissions.map((s) => s.id))
  const ids = new Set(units.map((u) => u.unitId))
  // One that was moved to another unit since is known by its id.
  const left = before.filter((s) => s.state !== 'withdrawn' && ids.has(s.unitId) && !known.has(s.id))
  return [...wrong, ...left.map((s) => s.id)]
}

/** Stored counts of a closed review that no longer agree with its snapshot. */
async function shownFaults(tx: Tx, { id, campaignId, kind, totals }: Closing): Promise<string[]> {
  const wrong: string[] = []
  for (const { unitId, code, have, waiting, missing } of await tx.closings.units(id)) {
    const shown = await tx.progress.standing(campaignId, kind, unitId)
    if (!isDeepStrictEqual(shown, { unitId, have, waiting, missing })) wrong.push(code)
  }
  const { version: _, ...stored } = (await tx.progress.totals(campaignId, kind)) ?? { ...totals, version: 0 }
  return isDeepStrictEqual(stored, totals) ? wrong : [...wrong, 'totals']
}
