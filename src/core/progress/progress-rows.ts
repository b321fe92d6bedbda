import type { ReviewKind } from '../campaign/review.js'
import type { Unit } from '../people/unit.js'
import type { Standing, SummaryTotals, Tally } from './progress.js'

/** One unit's standing with the unit's code and name. */
export type StandingRow = Standing & { unit: { id: string; code: string; name: string } }

/** How many units are in which state for one criterion. */
export interface CriterionTotals {
  criterion: string
  /** The Command Board accepted evidence, or received it on paper. */
  accepted: number
  /** A head confirmed evidence, and the Command Board has not accepted any. */
  confirmed: number
  waiting: number
  nil: number
  returned: number
  missing: number
  /** Accepted cells for which the Board received paper. */
  paper: number
}

/** Changes whenever a standing or the totals of a review are written, so that cached pages can be invalidated. */
export interface Versioned {
  version: number
}

export interface Progress {
  tally(campaignId: string, unitId: string, criterion: string): Promise<Tally>
  talliesOf(campaignId: string, unitId: string): Promise<Map<string, Tally>>
  /** Ids of the units with submissions that wait for their head. */
  unitsWaiting(campaignId: string): Promise<string[]>
  /** Counts of all submissions of a campaign by state. */
  tallyOfAll(campaignId: string): Promise<Tally>
  /** Returns the cell's counts after the change. */
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
  /** One page of units, fewest criteria first, then in the roster's order. */
  page(campaignId: string, kind: ReviewKind, limit: number, offset: number): Promise<StandingRow[]>
  /** The stored totals; they change in the same transaction as any standing. */
  totals(campaignId: string, kind: ReviewKind): Promise<(SummaryTotals & Versioned) | undefined>
  putTotals(workspaceId: string, campaignId: string, kind: ReviewKind, totals: SummaryTotals): Promise<void>
  /** Increases the version of a campaign's totals, for changes that alter no standing but a line of the summary. */
  touchTotals(campaignId: string): Promise<void>
  /** Every unit's standing, in the roster's order. */
  standings(campaignId: string, kind: ReviewKind): Promise<Standing[]>
  /** Counts of units by cell state for each criterion. */
  missingByCriterion(campaignId: string, kind: ReviewKind, criteria: readonly string[]): Promise<CriterionTotals[]>
  /** Units that lack one criterion. */
  unitsMissing(campaignId: string, kind: ReviewKind, criterion: string): Promise<Unit[]>
  standing(campaignId: string, kind: ReviewKind, unitId: string): Promise<Standing | undefined>
  /** Recounts every tally from the submissions; returns the cells (`unitId criterion`) whose stored counts differ. */
  drift(workspaceId: string, campaignId: string): Promise<string[]>
  /** Codes of the criteria with any submission, nil report or paper. */
  criteriaWithEvidence(campaignId: string): Promise<string[]>
  /** Removes the standings for some reviews of units that no longer report. */
  dropStandings(campaignId: string, kinds: readonly ReviewKind[], keep: readonly string[]): Promise<void>
}
