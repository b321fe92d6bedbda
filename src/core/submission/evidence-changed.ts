import type { Campaign } from '../campaign/campaign.js'
import { followReminders } from '../outbox/follow.js'
import { reports } from '../people/unit.js'
import type { Tx } from '../ports.js'
import { cellState, emptyTally, summaryState, type Tally } from '../progress/progress.js'
import { recountTotals, recountUnit } from '../progress/tally.js'
import { followEvidence } from '../report/notify.js'
import type { SubmissionState } from './state.js'

/** One unit × one criterion. */
interface Cell {
  workspaceId: string
  unitId: string
  criterion: string
}

/** What a submission counts as in its cell's tally; null for nothing. */
const counted = (state: SubmissionState | null): keyof Tally | null =>
  state === null || state === 'withdrawn' ? null : state

/**
 * Counts a submission's change of state (`from` null: it is new to the cell; `to` null: it leaves the cell). When the
 * cell's state changes, the unit's standings, the reminders and the messages about its report follow.
 */
export async function moveInTally(
  tx: Tx,
  campaign: Campaign,
  cell: Cell,
  from: SubmissionState | null,
  to: SubmissionState | null,
  now: Date,
): Promise<void> {
  const [less, more] = [counted(from), counted(to)]
  if (less !== more) await shift(tx, campaign, cell, less, more, now)
}

/** Counts a paper document that the Board received for a cell, or stops counting it. */
export const countPaper = (tx: Tx, campaign: Campaign, cell: Cell, by: 1 | -1, now: Date): Promise<void> =>
  by === 1 ? shift(tx, campaign, cell, null, 'paper', now) : shift(tx, campaign, cell, 'paper', null, now)

async function shift(
  tx: Tx,
  campaign: Campaign,
  cell: Cell,
  less: keyof Tally | null,
  more: keyof Tally | null,
  now: Date,
): Promise<void> {
  const { workspaceId, unitId, criterion } = cell
  const add = (count: keyof Tally, by: 1 | -1) =>
    tx.progress.addToTally(workspaceId, campaign.id, unitId, criterion, count, by)
  let after = emptyTally
  if (less) after = await add(less, -1)
  if (more) after = await add(more, 1)
  const was = (count: keyof Tally) => after[count] + (count === less ? 1 : 0) - (count === more ? 1 : 0)
  const before: Tally = {
    submitted: was('submitted'),
    confirmed: was('confirmed'),
    accepted: was('accepted'),
    returned: was('returned'),
    paper: was('paper'),
  }
  // One more of what the cell already has changes no standing: the common case, and it saves two writes.
  const same = [false, true].every((isNil) => cellState(before, isNil) === cellState(after, isNil))
  if (!same) await standingChanged(tx, campaign, cell.workspaceId, cell.unitId, now)
  else {
    // Reminders count what waits for the head.
    if (less === 'submitted') await followReminders(tx, campaign.id, cell, now)
    if (summaryState(before, false) !== summaryState(after, false)) await tx.progress.touchTotals(campaign.id)
    await followEvidence(tx, campaign, cell, less === 'submitted', now)
  }
}

/** Recounts a unit's standings for every review; the reminders and the messages about its report follow. */
export async function standingChanged(
  tx: Tx,
  campaign: Campaign,
  workspaceId: string,
  unitId: string,
  now: Date,
): Promise<void> {
  const unit = await tx.units.byId(workspaceId, unitId)
  if (!unit || !reports(unit.kind)) return
  await recountUnit(tx, campaign, workspaceId, unit)
  await recountTotals(tx, campaign)
  await followReminders(tx, campaign.id, { workspaceId, unitId }, now)
  await followEvidence(tx, campaign, { workspaceId, unitId }, true, now)
}
