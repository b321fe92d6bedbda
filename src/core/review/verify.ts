import { isDeepStrictEqual } from 'node:util'
import type { Campaign } from '../campaign/campaign.js'
import type { Tx } from '../ports.js'
import type { ClosedSubmission, Closing } from './closing.js'
import { snapshotFaults } from './snapshot.js'

/**
 * Proves every closed review of a campaign: its counts follow from its own submissions, these are the ones that existed when
 * it was closed in the state that they had by their history, and what is shown of it today is what was closed. Returns what
 * differs, each with the kind of the review; changes nothing.
 */
export async function verifyClosings(tx: Tx, campaign: Campaign): Promise<string[]> {
  const wrong: string[] = []
  for (const closing of await tx.closings.ofCampaign(campaign.id)) {
    const { id, kind, groups, totals } = closing
    const units = await tx.closings.units(id)
    const submissions = await tx.closings.submissions(id)
    const faults = [
      ...snapshotFaults({ groups, totals, units, submissions }),
      ...(await historyFaults(tx, campaign, closing, submissions)),
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
  submissions: readonly ClosedSubmission[],
): Promise<string[]> {
  const before = await tx.closings.statesBefore(campaign.id, id)
  const expected = new Map(before.map((s) => [s.id, s.state]))
  // One that is missing shows in the counts, which are recounted from the others.
  return submissions.filter((s) => expected.get(s.id) !== s.state).map((s) => s.id)
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
