import type { ReviewKind } from '../campaign/review.js'
import type { Unit } from '../people/unit.js'
import type { Standing, SummaryTotals, Tally } from './progress.js'

/** One unit's line of the summary with what is shown of the unit. */
export type StandingRow = Standing & { unit: { id: string; code: string; name: string } }

export interface CriterionTotals {
  criterion: string
  confirmed: number
  waiting: number
  nil: number
  returned: number
  missing: number
  /** Of those that are confirmed: with paper that the Board received. */
  paper: number
}

/** Another number whenever a line or the totals of a review were written: what was made of them before is old. */
export interface Versioned {
  version: number
}

export interface Progress {
  tally(campaignId: string, unitId: string, criterion: string): Promise<Tally>
  talliesOf(campaignId: string, unitId: string): Promise<Map<string, Tally>>
  /** How many submissions of the whole campaign stand in each state. */
  tallyOfAll(campaignId: string): Promise<Tally>
  /** Gives the cell's counts as they are then. */
  addToTally(
    workspaceId: string,
    campaignId: string,
    unitId: string,
    criterion: string,
    state: keyof Tally,
    by: 1 | -1,
  ): Promise<Tally>
  putStanding(
    workspaceId: string,
    campaignId: string,
    kind: ReviewKind,
    unit: { id: string; position: number },
    standing: Standing,
  ): Promise<void>
  /** One page of units, the fewest criteria first, then in the roster's order. */
  page(campaignId: string, kind: ReviewKind, limit: number, offset: number): Promise<StandingRow[]>
  /** The totals as kept; they change in the same transaction as any line does. */
  totals(campaignId: string, kind: ReviewKind): Promise<(SummaryTotals & Versioned) | undefined>
  putTotals(workspaceId: string, campaignId: string, kind: ReviewKind, totals: SummaryTotals): Promise<void>
  /** Every unit's line, in the roster's order. */
  standings(campaignId: string, kind: ReviewKind): Promise<Standing[]>
  /** How many units lack each criterion. */
  missingByCriterion(campaignId: string, kind: ReviewKind, criteria: readonly string[]): Promise<CriterionTotals[]>
  /** Units that lack one criterion. */
  unitsMissing(campaignId: string, kind: ReviewKind, criterion: string): Promise<Unit[]>
  standing(campaignId: string, kind: ReviewKind, unitId: string): Promise<Standing | undefined>
  /** Recounts every tally from the submissions; returns the cells whose kept counts were wrong. */
  drift(workspaceId: string, campaignId: string): Promise<string[]>
  /** Codes of the criteria under which anything was handed in, said or received on paper. */
  criteriaWithEvidence(campaignId: string): Promise<string[]>
  /** Drops lines of units that no longer report. */
  dropStandings(campaignId: string, keep: readonly string[]): Promise<void>
}
