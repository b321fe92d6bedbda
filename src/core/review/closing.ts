import type { Campaign } from '../campaign/campaign.js'
import type { ReviewKind } from '../campaign/review.js'
import type { Standing, SummaryTotals, Tally } from '../progress/progress.js'
import type { ReportItem } from '../report/report.js'
import type { UnitReportState } from '../report/state.js'
import type { SubmissionState } from '../submission/state.js'

/**
 * The closing of one review (*chốt sơ kết*, *chốt tổng kết*): a snapshot of what counted for it. The snapshot never
 * changes; a review that is reopened and closed again gets another one.
 */
export interface Closing {
  id: string
  workspaceId: string
  campaignId: string
  kind: ReviewKind
  /** The date of the review, yyyy-mm-dd. */
  reviewDate: string
  closedBy: string
  closedAt: Date
  /** The plan's criteria of that time, in its order. */
  groups: Campaign['groups']
  totals: SummaryTotals
  /** Set where the Organisation–Administration Office reopened the review. */
  reopened: { byId: string; at: Date; reason: string } | null
}

/** What one cell counted: its submissions by state, papers, and a nil report. */
export interface ClosedCell extends Tally {
  nil: boolean
}

/** One unit in the snapshot. */
export interface ClosedUnit extends Standing {
  code: string
  name: string
  position: number
  /** By criterion; cells without anything are left out. */
  cells: Readonly<Record<string, ClosedCell>>
  /** The unit's report: its state, how often it had been sent, and when the state last changed. */
  report: { state: UnitReportState; round: number; at: Date | null }
}

/** A submission with the state that it had at some moment. */
export interface SubmissionAt {
  id: string
  unitId: string
  criterion: string
  state: SubmissionState
}

/** One submission as it counted; withdrawn ones are not in the snapshot. */
export interface ClosedSubmission extends SubmissionAt {
  /** What a report shows of it; null where it was neither confirmed nor accepted. */
  item: Omit<ReportItem, 'id' | 'state'> | null
}

export interface Closings {
  add(closing: Closing, units: readonly ClosedUnit[], submissions: readonly ClosedSubmission[]): Promise<void>
  byId(id: string): Promise<Closing | undefined>
  /** Every closing of a campaign, reopened ones included, oldest first. */
  ofCampaign(campaignId: string): Promise<Closing[]>
  /** Every unit of a snapshot, in the roster's order. */
  units(id: string): Promise<ClosedUnit[]>
  unit(id: string, unitId: string): Promise<ClosedUnit | undefined>
  submissions(id: string): Promise<ClosedSubmission[]>
  /** The state in which one submission is in a snapshot. */
  stateOf(id: string, submissionId: string): Promise<SubmissionState | undefined>
  /** A unit's submissions in a snapshot, by number. */
  submissionsOf(id: string, unitId: string): Promise<ClosedSubmission[]>
  /** The state of every submission of a campaign just before an event id, by the history of each. */
  statesBefore(campaignId: string, eventId: string): Promise<SubmissionAt[]>
  /** Ids of the closings that a person closed or reopened. */
  touchedBy(workspaceId: string, personId: string): Promise<string[]>
  /** False when the closing was reopened already. */
  reopen(id: string, byId: string, reason: string, now: Date): Promise<boolean>
}
