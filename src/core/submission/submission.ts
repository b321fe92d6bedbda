import type { SubmissionContent } from './content.js'
import type { SubmissionState } from './state.js'

/** One achievement under one criterion. */
export interface Submission extends SubmissionContent {
  id: string
  workspaceId: string
  campaignId: string
  /** Running number within the campaign, from 1. */
  number: number
  state: SubmissionState
  authorId: string
  submittedAt: Date
  /** How often it was put before the head: 1, and one more each time that it comes back. */
  round: number
  /** Handed in for a unit that its author is not of, by the Organisation–Administration Office. */
  onBehalf: boolean
}

export type NewSubmission = Submission & { requestKey: string | null }
/** One change of state: who, when, why. */
export interface SubmissionEvent {
  id: string
  submissionId: string
  from: SubmissionState | null
  to: SubmissionState
  byId: string
  at: Date
  reason: string | null
}
/** How the keys begin of what is handed in through one form: its nonce, and the person, since a nonce proves nothing. */
export const formKey = (nonce: string, personId: string): string => `form:${nonce}:${personId}:`
export interface Submissions {
  /** The next running number of a campaign, from 1; to be inserted in the same transaction, so that each is given once. */
  nextNumber(campaignId: string): Promise<number>
  insert(submission: Submission, requestKey: string | null): Promise<void>
  /** What a person handed in through one form, when that form was already taken. */
  byRequest(workspaceId: string, requestKey: string): Promise<Submission | undefined>
  /** What was handed in under keys that begin with one form's (`formKey`). */
  ofForm(workspaceId: string, key: string): Promise<NewSubmission[]>
  byId(workspaceId: string, id: string): Promise<Submission | undefined>
  ofCell(campaignId: string, unitId: string, criterion: string): Promise<Submission[]>
  /** What one person handed in: what was returned first, then the newest first; what was withdrawn left out. */
  ofAuthor(campaignId: string, authorId: string, limit: number): Promise<Submission[]>
  /** How much of it stands in each state. */
  countOfAuthor(campaignId: string, authorId: string): Promise<Partial<Record<SubmissionState, number>>>
  /** What waits for the head of a unit, the oldest first. */
  waitingOf(campaignId: string, unitId: string, limit: number): Promise<Submission[]>
  updateContent(submission: Submission, now: Date): Promise<void>
  setState(workspaceId: string, id: string, state: SubmissionState, now: Date): Promise<void>
  addEvent(workspaceId: string, event: SubmissionEvent): Promise<void>
  /** The last change of state, with who made it. */
  lastEvent(submissionId: string): Promise<(SubmissionEvent & { byName: string }) | undefined>
  /** The event with which what stands there now was handed in: another one as soon as the author changes anything. */
  lastWriting(submissionId: string): Promise<(SubmissionEvent & { byName: string }) | undefined>
  /** Every change of state, in order, with who made it. */
  events(submissionId: string): Promise<(SubmissionEvent & { byName: string })[]>
  /** The newest changes of state first, of what a person wrote or of what is of some units; at most `limit`. */
  latestEvents(
    workspaceId: string,
    of: { authorId: string } | { unitIds: readonly string[] },
    limit: number,
  ): Promise<(SubmissionEvent & { byName: string })[]>
  byNumber(campaignId: string, number: number): Promise<Submission | undefined>
  /** All that a person handed in, in any campaign and whatever became of it, newest first; at most `limit`. */
  writtenBy(workspaceId: string, personId: string, limit: number): Promise<Submission[]>
}
