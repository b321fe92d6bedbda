import type { SubmissionState } from '../../submission/state.js'
import type { Submission } from '../../submission/submission.js'

/** What a member of the Command Board looks at: one unit, one criterion, or all. */
export interface DeskFilter {
  unitId?: string
  criterion?: string
}
/** One submission that waits for the Board. */
export interface DeskItem {
  submission: Submission
  /** The writing that is shown (`Submissions.lastWriting`): what is accepted is what was seen. */
  seen: string
  /** This member has put it off for today. */
  putOff: boolean
}
export interface DeskQuery extends DeskFilter {
  campaignId: string
  states: readonly SubmissionState[]
  /** Whose putting-off counts, and at what instant. */
  personId: string
  now: Date
  limit: number
  offset: number
}
/** Rows of the Board's desk. */
export interface Desk {
  /** Those in the states, oldest first; after all others those that the person has put off. */
  queue(query: DeskQuery): Promise<DeskItem[]>
  /** When the oldest of those in the states was first handed in. */
  oldest(query: Pick<DeskQuery, 'campaignId' | 'states' | 'unitId' | 'criterion'>): Promise<Date | undefined>
  /** How many submissions of each unit and criterion stand in each of the two states that may wait for the Board. */
  waiting(campaignId: string): Promise<WaitingCell[]>
  putOff(submission: Submission, personId: string, until: Date): Promise<void>
  forget(before: Date): Promise<void>
}
export interface WaitingCell {
  unitId: string
  criterion: string
  submitted: number
  confirmed: number
}
