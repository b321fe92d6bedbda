import type { SubmissionState } from '../../submission/state.js'
import type { Submission } from '../../submission/submission.js'

/** The part of the desk's queue to show: of one unit, of one criterion, or all. */
export interface DeskFilter {
  unitId?: string
  criterion?: string
}

/** One submission that waits for the Command Board. */
export interface DeskItem {
  submission: Submission
  /** Id of the event that wrote the shown text (`Submissions.lastWriting`): only that text can be accepted. */
  writingId: string
  /** This member of the Board postponed it until tomorrow. */
  postponed: boolean
}

export interface DeskQuery extends DeskFilter {
  campaignId: string
  states: readonly SubmissionState[]
  /** The member whose postponed items go last, as of `now`. */
  personId: string
  now: Date
  limit: number
  offset: number
}

/** Rows of the Board's desk. */
export interface Desk {
  /** Submissions in the states, oldest first; those that the person postponed come last. */
  queue(query: DeskQuery): Promise<DeskItem[]>
  /** When the oldest submission in the states was first handed in. */
  oldest(query: Pick<DeskQuery, 'campaignId' | 'states' | 'unitId' | 'criterion'>): Promise<Date | undefined>
  /** Numbers of submissions by unit and criterion in the two states that may wait for the Board; without empty cells. */
  waiting(campaignId: string): Promise<WaitingCell[]>
  postpone(submission: Submission, personId: string, until: Date): Promise<void>
  /** Deletes postponements that ended before an instant. */
  forgetPostponed(before: Date): Promise<void>
}

export interface WaitingCell {
  unitId: string
  criterion: string
  submitted: number
  confirmed: number
}
