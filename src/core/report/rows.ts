import type { ReviewKind } from '../campaign/review.js'
import type { ReportItem, ReportTexts, UnitReport, UnitReportContent, UnitReportEvent } from './report.js'
import type { UnitReportState } from './state.js'

/** What was sent once, and by whom. */
export interface SentReport {
  round: number
  byId: string
  byName: string
  at: Date
  content: UnitReportContent
}

/** One unit's line of the list of reports. */
export interface UnitReportLine {
  unit: { id: string; code: string; name: string }
  state: UnitReportState
  /** Who changed its state last, and when; null where it was never sent. */
  last: { byName: string; at: Date } | null
  /** Criteria that are not missing, and those that are, as things stand now. */
  have: number
  missing: number
}

export type ReportCounts = Record<UnitReportState, number>

/** What a unit still owes for one review. */
export interface Owing {
  unitId: string
  /** How many criteria are missing. */
  missing: number
  report: UnitReportState
}

export interface UnitReports {
  of(campaignId: string, kind: ReviewKind, unitId: string): Promise<UnitReport | undefined>
  /** Makes the row of a report that nobody has touched yet. */
  open(report: UnitReport): Promise<void>
  /**
   * Keeps the two texts; what was typed earlier in the same form (`micros`, by the chat's clock) changes nothing. Each
   * change of form counts one version on.
   */
  keepTexts(id: string, texts: ReportTexts, form: string, micros: number, by: string, now: Date): Promise<void>
  /** Changes the state; false when it is not the event's `from` any more. */
  move(event: UnitReportEvent): Promise<boolean>
  addEvent(workspaceId: string, event: UnitReportEvent): Promise<void>
  /** Every change of state, in order. */
  events(id: string): Promise<UnitReportEvent[]>
  putSent(workspaceId: string, report: UnitReport, content: UnitReportContent, by: string, now: Date): Promise<void>
  sent(id: string, round: number): Promise<SentReport | undefined>
  /** What a unit handed in that was confirmed or accepted, in the order of its numbers. */
  evidence(campaignId: string, unitId: string): Promise<(ReportItem & { criterion: string })[]>
  /** One page of units: those that wait for the Board first, then the ones not sent, rejected, approved. */
  page(campaignId: string, kind: ReviewKind, limit: number, offset: number): Promise<UnitReportLine[]>
  /** How many units' reports stand in each state. */
  counts(campaignId: string, kind: ReviewKind): Promise<ReportCounts>
  /** Every unit that owes something for a review: criteria, or its report alone; in the roster's order. */
  owing(campaignId: string, kind: ReviewKind): Promise<Owing[]>
}
