import { closingOf, type ReviewKind } from '../campaign/review.js'
import type { Tx } from '../ports.js'
import type { Tally } from './progress.js'

/** What one unit has for one review. */
export interface UnitCounts {
  /** By criterion; a criterion without anything is left out. */
  tallies: ReadonlyMap<string, Tally>
  /** Codes of the criteria with a nil report. */
  nil: ReadonlySet<string>
}

/** Reads what a unit has for a review: as it was counted when the review was closed, or as it is now. */
export async function unitCounts(tx: Tx, campaignId: string, unitId: string, kind: ReviewKind): Promise<UnitCounts> {
  const closed = closingOf(await tx.reviews.list(campaignId), kind)
  if (!closed) return currentCounts(tx, campaignId, unitId, kind)
  const cells = Object.entries((await tx.closings.unit(closed.id, unitId))?.cells ?? {})
  return {
    tallies: new Map(cells.map(([criterion, { nil: _, ...tally }]) => [criterion, tally])),
    nil: new Set(cells.filter(([, cell]) => cell.nil).map(([criterion]) => criterion)),
  }
}

/** Reads what a unit has now, also where the review is closed. */
export async function currentCounts(tx: Tx, campaignId: string, unitId: string, kind: ReviewKind): Promise<UnitCounts> {
  const tallies = await tx.progress.talliesOf(campaignId, unitId)
  const said = (await tx.nilReports.ofUnit(campaignId, unitId)).filter((n) => n.reviewKind === kind)
  return { tallies, nil: new Set(said.map((n) => n.criterion)) }
}
