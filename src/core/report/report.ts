import type { ReviewKind } from '../campaign/review.js'
import type { CellState } from '../progress/progress.js'
import type { UnitReportState } from './state.js'

/** What the head adds in their own words; '' for nothing. */
export interface ReportTexts {
  selfAssessment: string
  difficulties: string
}
/** One achievement as a report shows it. */
export interface ReportItem {
  id: string
  number: number
  state: 'confirmed' | 'accepted'
  text: string
  doneOn: string
  figure: string | null
  figureUnit: string | null
  links: readonly string[]
}
/** One criterion of a report. */
export interface ReportLine {
  criterion: string
  state: CellState
  items: readonly ReportItem[]
  /** Submissions that wait for the head; they are no part of what is reported. */
  waiting: number
  /** Why nothing occurred, where that was said with a reason. */
  nilReason: string | null
}
/** What a unit reports for one review. Frozen as it is when it is sent. */
export interface UnitReportContent extends ReportTexts {
  lines: readonly ReportLine[]
}
/** What a report would still lack if it were sent. */
export interface ReportGaps {
  /** Codes of the missing criteria, in the plan's order. */
  missing: readonly string[]
  /** Submissions that wait for the head. */
  waiting: number
}
/** What a unit's head signs off for one review; a unit has one for each. */
export interface UnitReport extends ReportTexts {
  id: string
  workspaceId: string
  campaignId: string
  kind: ReviewKind
  unitId: string
  state: UnitReportState
  /** How often it was sent. */
  round: number
  /** Its last change of state; null while it was never sent. */
  last: { byId: string; byName: string; at: Date; reason: string | null } | null
  /** How often the two texts came from another form than before. */
  textVersion: number
  /** Who wrote the two texts last; null for nobody yet. */
  textBy: { id: string; name: string; at: Date } | null
  /** The form that they came from last. */
  textForm: string | null
}
/** One change of state: who, when, why. */
export interface UnitReportEvent {
  id: string
  reportId: string
  from: UnitReportState
  to: UnitReportState
  round: number
  byId: string
  at: Date
  reason: string | null
}
