import { isDeepStrictEqual } from 'node:util'
import { type Campaign, criteriaOf } from '../campaign/campaign.js'
import type { ReviewKind } from '../campaign/review.js'
import { reports } from '../people/unit.js'
import type { Tx } from '../ports.js'
import { currentCounts } from '../progress/cells.js'
import { emptyTally, standingOf, summaryState, type Tally, totalsOf } from '../progress/progress.js'
import type { CriterionTotals } from '../progress/progress-rows.js'
import type { ClosedCell, ClosedSubmission, ClosedUnit, Closing } from './closing.js'

/** Everything that a review counts: its totals, each unit, each submission. */
export interface Snapshot extends Pick<Closing, 'groups' | 'totals'> {
  /** In the roster's order. */
  units: readonly ClosedUnit[]
  submissions: readonly ClosedSubmission[]
}

/** Takes a snapshot of one review as it is now. `eventId`: an id newer than every change that it is to contain. */
export async function takeSnapshot(tx: Tx, campaign: Campaign, kind: ReviewKind, eventId: string): Promise<Snapshot> {
  const criteria = criteriaOf(campaign)
  const units: ClosedUnit[] = []
  for (const unit of (await tx.units.list(campaign.workspaceId)).filter((u) => reports(u.kind))) {
    const { tallies, nil } = await currentCounts(tx, campaign.id, unit.id, kind)
    const cells: Record<string, ClosedCell> = {}
    for (const code of new Set([...tallies.keys(), ...nil]))
      cells[code] = { ...emptyTally, ...tallies.get(code), nil: nil.has(code) }
    const report = await tx.unitReports.of(campaign.id, kind, unit.id)
    units.push({
      ...standingOf(unit.id, criteria, tallies, nil),
      code: unit.code,
      name: unit.name,
      position: unit.position,
      cells,
      report: { state: report?.state ?? 'draft', round: report?.round ?? 0, at: report?.last?.at ?? null },
    })
  }
  const submissions = await submissionsOf(tx, campaign, units, eventId)
  return { groups: campaign.groups, totals: totalsOf(criteria, units), units, submissions }
}

/** What the units had handed in just before an event id, by the history of each submission, without withdrawn ones. */
async function submissionsOf(
  tx: Tx,
  campaign: Campaign,
  units: readonly Pick<ClosedUnit, 'unitId'>[],
  eventId: string,
): Promise<ClosedSubmission[]> {
  const ids = new Set(units.map((u) => u.unitId))
  const items = new Map<string, ClosedSubmission['item']>()
  for (const unitId of ids)
    for (const { id, criterion: _, state: __, ...item } of await tx.unitReports.evidence(campaign.id, unitId))
      items.set(id, item)
  const all = await tx.closings.statesBefore(campaign.id, eventId)
  return all
    .filter((s) => s.state !== 'withdrawn' && ids.has(s.unitId))
    .map((s) => ({ ...s, item: items.get(s.id) ?? null }))
}

/** Proves that a snapshot's counts follow from its own submissions. Returns what differs: `K1 a2`, `K1`, `totals`. */
export function snapshotFaults({ groups, totals, units, submissions }: Snapshot): string[] {
  const criteria = groups.flatMap((g) => g.criteria)
  const wrong: string[] = []
  const counted = new Map<string, Tally>()
  for (const { unitId, criterion, state } of submissions) {
    if (state === 'withdrawn') continue
    const key = `${unitId} ${criterion}`
    const tally = counted.get(key) ?? { ...emptyTally }
    tally[state] += 1
    counted.set(key, tally)
  }
  for (const { unitId, code, cells, ...unit } of units) {
    const tallies = new Map<string, Tally>()
    const nil = new Set<string>()
    for (const [criterion, cell] of Object.entries(cells)) {
      const { nil: isNil, ...stored } = cell
      const tally = { ...(counted.get(`${unitId} ${criterion}`) ?? emptyTally), paper: stored.paper }
      if (!isDeepStrictEqual(tally, stored)) wrong.push(`${code} ${criterion}`)
      tallies.set(criterion, tally)
      if (isNil) nil.add(criterion)
    }
    const { have, waiting, missing } = standingOf(unitId, criteria, tallies, nil)
    if (!isDeepStrictEqual([have, waiting, missing], [unit.have, unit.waiting, unit.missing])) wrong.push(code)
  }
  const cellKeys = new Set(units.flatMap((u) => Object.keys(u.cells).map((c) => `${u.unitId} ${c}`)))
  for (const key of counted.keys()) if (!cellKeys.has(key)) wrong.push(key)
  if (!isDeepStrictEqual(totals, totalsOf(criteria, units))) wrong.push('totals')
  return wrong
}

/** How many units of a snapshot are in which state, for each criterion. */
export const closedTotals = (criteria: readonly string[], units: readonly ClosedUnit[]): CriterionTotals[] =>
  criteria.map((criterion) => {
    const line = { criterion, accepted: 0, confirmed: 0, waiting: 0, nil: 0, returned: 0, missing: 0, paper: 0 }
    for (const { cells } of units) {
      const cell = cells[criterion]
      line[summaryState(cell, cell?.nil === true)] += 1
      if (cell && cell.paper > 0) line.paper += 1
    }
    return line
  })
