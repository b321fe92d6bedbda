import type { ReviewKind } from '../../core/campaign/review.js'
import type { UnitReportState } from '../../core/report/state.js'
import type { SubmissionState } from '../../core/submission/state.js'
import type { Id, Instant, Json, PlainDate } from '../column-types.js'

/** The tables of closed reviews. */
export interface ClosingTables {
  closing: {
    id: Id
    workspace_id: Id
    campaign_id: Id
    review_kind: ReviewKind
    review_date: PlainDate
    closed_by: Id
    closed_at: Instant
    /** Closing's. */
    plan_groups: Json
    /** SummaryTotals. */
    totals: Json
    reopened_by: Id | null
    reopened_at: Instant | null
    reopen_reason: string | null
  }
  /** `cells`: ClosedUnit's. */
  closing_unit: {
    workspace_id: Id
    closing_id: Id
    unit_id: Id
    code: string
    name: string
    position: number
    have: number
    waiting: number
    missing: string
    cells: Json
    report_state: UnitReportState
    report_round: number
    report_at: Instant | null
  }
  closing_submission: {
    workspace_id: Id
    closing_id: Id
    submission_id: Id
    unit_id: Id
    criterion: string
    state: SubmissionState
    /** ClosedSubmission's. */
    item: Json | null
  }
}
