import type { ReviewKind } from '../campaign/review.js'
import type { Withheld } from '../withheld.js'
import type { ReportItem, ReportTexts, UnitReport, UnitReportContent, UnitReportEvent } from './report.js'
import type { UnitReportState } from './state.js'

/** One sending of a report. */
export interface SentReport {
  round: number
  byId: string
  byName: string
  at: Date
  content: UnitReportContent
}

/** One unit in the list of reports. */
export interface UnitReportLine {
  unit: { id: string; code: string; name: string }
  state: UnitReportState
  /** The last change of state; null where it was never sent. */
  last: { byName: string; at: Date } | null
  /** Counts of criteria that are present and missing now. */
  have: number
  missing: number
}

export type ReportCounts = Record<UnitReportState, number>

/** What a unit owes for one review. */
export interface Owing {
  unitId: string
  /** Count of missing criteria. */
  missing: number
  report: UnitReportState
}

/** How many units owe criteria for a review, and how many owe their report alone. */
export interface OwingCounts {
  criteria: number
  reportOnly: number
}

export const countOwing = (owing: readonly Owing[]): OwingCounts => {
  const criteria = owing.filter((o) => o.missing > 0).length
  return { criteria, reportOnly: owing.length - criteria }
}

export interface UnitReports {
  of(campaignId: string, kind: ReviewKind, unitId: string): Promise<UnitReport | undefined>
  /** Creates the row of a report. */
  open(report: UnitReport): Promise<void>
  /**
   * Stores the two texts; input older than the stored one of the same form (`micros`, by the chat's clock) changes
   * nothing. A change of form increases the version by one.
   */
  keepTexts(id: string, texts: ReportTexts, form: string, micros: number, by: string, now: Date): Promise<void>
  /**
   * Replaces the two texts and the withheld fields whatever was typed when, and nothing else. `erases`: earlier texts are
   * erased from the files too.
   */
  withhold(id: string, texts: ReportTexts, withheld: Withheld, erases: boolean): Promise<void>
  /** Changes the state. Returns false when it is no longer the event's `from`. */
  move(event: UnitReportEvent): Promise<boolean>
  addEvent(workspaceId: string, event: UnitReportEvent): Promise<void>
  /** Every change of state, in order. */
  events(id: string): Promise<UnitReportEvent[]>
  putSent(workspaceId: string, report: UnitReport, content: UnitReportContent, by: string, now: Date): Promise<void>
  sent(id: string, round: number): Promise<SentReport | undefined>
  /** The unit's confirmed and accepted submissions, by number. */
  evidence(campaignId: string, unitId: string): Promise<(ReportItem & { criterion: string })[]>
  /** One page of units: those waiting for the Board first, then not sent, rejected, approved. */
  page(campaignId: string, kind: ReviewKind, limit: number, offset: number): Promise<UnitReportLine[]>
  /** Counts of reports by state. */
  counts(campaignId: string, kind: ReviewKind): Promise<ReportCounts>
  /** Number of units that have every criterion and have not sent their report. */
  owingReportOnly(campaignId: string, kind: ReviewKind): Promise<number>
  /** Every unit that owes something for a review: criteria, or its report alone; in the roster's order. */
  owing(campaignId: string, kind: ReviewKind): Promise<Owing[]>
}
