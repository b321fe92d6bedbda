import type { ReviewKind } from '../campaign/review.js'
import type { CellState } from '../progress/progress.js'
import type { Withheld } from '../withheld.js'
import type { UnitReportState } from './state.js'

/** The head's own texts; '' for none. */
export interface ReportTexts {
  selfAssessment: string
  difficulties: string
}

/** One submission in a report. */
export interface ReportItem {
  id: string
  number: number
  state: 'confirmed' | 'accepted'
  text: string
  doneOn: string
  figure: string | null
  figureUnit: string | null
  links: readonly string[]
  /** It counts for the final review alone, since the preliminary one was closed before (*sau sơ kết*). */
  isAfterPreliminary?: true
}

/** One criterion of a report. */
export interface ReportLine {
  criterion: string
  state: CellState
  items: readonly ReportItem[]
  /** Submissions that wait for the head; not part of the report. */
  waiting: number
  /** The reason of a nil report, where one was given. */
  nilReason: string | null
}

/** What a unit reports for one review; frozen when it is sent. */
export interface UnitReportContent extends ReportTexts {
  lines: readonly ReportLine[]
}

/** What a report would lack if it were sent now. */
export interface ReportGaps {
  /** Codes of the missing criteria, in the plan's order. */
  missing: readonly string[]
  /** Submissions that wait for the head. */
  waiting: number
}

/** The report of one unit for one review. */
export interface UnitReport extends ReportTexts {
  id: string
  workspaceId: string
  campaignId: string
  kind: ReviewKind
  unitId: string
  state: UnitReportState
  /** How often it has been sent. */
  round: number
  /** The last change of state; null while it was never sent. */
  last: { byId: string; byName: string; at: Date; reason: string | null } | null
  /** Version of the two texts: increases when they come from another form than before. */
  textVersion: number
  /** The last author of the two texts; null before the first edit. */
  textBy: { id: string; name: string; at: Date } | null
  /** The form that the texts last came from. */
  textForm: string | null
  /** Fields of the texts that are not stored as they are typed any more. */
  withheld: Withheld
}

/** One change of state. */
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
