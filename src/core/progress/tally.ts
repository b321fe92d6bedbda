import { isDeepStrictEqual } from 'node:util'
import { type Campaign, criteriaOf } from '../campaign/campaign.js'
import { followReminders } from '../outbox/follow.js'
import { reports, type Unit } from '../people/unit.js'
import type { Tx } from '../ports.js'
import { followEvidence } from '../report/notify.js'
import { type ReviewKind, reviewKinds } from '../report/set-review-dates.js'
import type { SubmissionState } from '../submission/state.js'
import { cellState, emptyTally, noTotals, type Standing, standingOf, type Tally, totalsOf } from './progress.js'

interface Cell {
  workspaceId: string
  unitId: string
  criterion: string
}

const counted = (state: SubmissionState | null): keyof Tally | null =>
  state === null || state === 'withdrawn' ? null : state

/** Moves one submission of a cell from one count to another, and renews the unit's lines when the cell's state changes. */
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

/** Counts paper that the Board received for a cell, or no longer counts it. */
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
  // With one more of what already stands, no line of the summary changes: the common case, and two rows the fewer.
  const same = [false, true].every((isNil) => cellState(before, isNil) === cellState(after, isNil))
  if (!same) await renewStandings(tx, campaign, cell.workspaceId, cell.unitId, now)
  else await followEvidence(tx, campaign, cell, less === 'submitted', now)
}

/** Counts a unit's lines of the summary anew, for every review; reminders that list what it lacks follow. */
export async function renewStandings(
  tx: Tx,
  campaign: Campaign,
  workspaceId: string,
  unitId: string,
  now: Date,
): Promise<void> {
  const unit = await tx.units.byId(workspaceId, unitId)
  if (!unit || !reports(unit.kind)) return
  await renewUnit(tx, campaign, workspaceId, unit)
  await renewTotals(tx, campaign)
  await followReminders(tx, campaign.id, { workspaceId, unitId }, now)
  await followEvidence(tx, campaign, { workspaceId, unitId }, true, now)
}

async function renewUnit(tx: Tx, campaign: Campaign, workspaceId: string, unit: Unit): Promise<void> {
  for (const kind of reviewKinds)
    await tx.progress.putStanding(workspaceId, campaign.id, kind, unit, await countUnit(tx, campaign, unit, kind))
}

async function countUnit(tx: Tx, campaign: Campaign, unit: Unit, kind: ReviewKind): Promise<Standing> {
  const tallies = await tx.progress.talliesOf(campaign.id, unit.id)
  const nil = (await tx.nilReports.ofUnit(campaign.id, unit.id)).filter((n) => n.reviewKind === kind)
  return standingOf(unit.id, criteriaOf(campaign), tallies, new Set(nil.map((n) => n.criterion)))
}

async function renewTotals(tx: Tx, campaign: Campaign): Promise<void> {
  for (const kind of reviewKinds) {
    const totals = totalsOf(criteriaOf(campaign), await tx.progress.standings(campaign.id, kind))
    await tx.progress.putTotals(campaign.workspaceId, campaign.id, kind, totals)
  }
}

/**
 * Counts everything anew and names what is kept otherwise: `K1 a2` a cell of a unit, `K1 final` its line, `final` the
 * totals. Nothing is changed.
 */
export async function proveCounts(tx: Tx, campaign: Campaign): Promise<string[]> {
  const units = await tx.units.list(campaign.workspaceId)
  const codes = new Map(units.map((u) => [u.id, u.code]))
  const wrong = (await tx.progress.drift(campaign.workspaceId, campaign.id)).map((cell) => {
    const [unitId = '', criterion = ''] = cell.split(' ')
    return `${codes.get(unitId) ?? unitId} ${criterion}`
  })
  for (const kind of reviewKinds) {
    const kept = await tx.progress.standings(campaign.id, kind)
    for (const unit of units.filter((u) => reports(u.kind))) {
      const line = kept.find((s) => s.unitId === unit.id)
      if (!isDeepStrictEqual(line, await countUnit(tx, campaign, unit, kind))) wrong.push(`${unit.code} ${kind}`)
    }
    const { version: _, ...totals } = (await tx.progress.totals(campaign.id, kind)) ?? { ...noTotals, version: 0 }
    if (!isDeepStrictEqual(totals, totalsOf(criteriaOf(campaign), kept))) wrong.push(kind)
  }
  return wrong
}

/** Counts the lines of every unit anew; after an import of the plan or of the roster. */
export async function renewAllStandings(tx: Tx, campaign: Campaign): Promise<void> {
  const units = (await tx.units.list(campaign.workspaceId)).filter((u) => reports(u.kind))
  await tx.progress.dropStandings(
    campaign.id,
    units.map((u) => u.id),
  )
  for (const unit of units) await renewUnit(tx, campaign, campaign.workspaceId, unit)
  await renewTotals(tx, campaign)
}
