import type { SubmissionContent } from './content.js'
import type { SubmissionState } from './state.js'

/** One achievement of one unit under one criterion. */
export interface Submission extends SubmissionContent {
  id: string
  workspaceId: string
  campaignId: string
  /** Sequence number within the campaign, from 1. */
  number: number
  state: SubmissionState
  authorId: string
  submittedAt: Date
  /** Number of requests to the head to confirm: 1, and one more each time the submission comes back. */
  round: number
  /** Whether the Organisation–Administration Office handed it in for a unit that its author does not belong to. */
  onBehalf: boolean
}

export type NewSubmission = Submission & { requestKey: string | null }

/** One change of state. */
export interface SubmissionEvent {
  id: string
  submissionId: string
  from: SubmissionState | null
  to: SubmissionState
  byId: string
  at: Date
  reason: string | null
  /** A head's confirmation that was taken back; null for a plain change of state. */
  what: 'unconfirmed' | null
}

/** The prefix of the request keys of one form: its nonce and the person, since a nonce proves nothing. */
export const formKey = (nonce: string, personId: string): string => `form:${nonce}:${personId}:`
export interface Submissions {
  /** The next sequence number of a campaign, from 1; insert in the same transaction, so that each is given once. */
  nextNumber(campaignId: string): Promise<number>
  insert(submission: Submission, requestKey: string | null): Promise<void>
  /** The submission stored under a request key, if any. */
  byRequest(workspaceId: string, requestKey: string): Promise<Submission | undefined>
  /** Submissions whose request keys begin with one form's (`formKey`). */
  ofForm(workspaceId: string, key: string): Promise<NewSubmission[]>
  byId(workspaceId: string, id: string): Promise<Submission | undefined>
  ofCell(campaignId: string, unitId: string, criterion: string): Promise<Submission[]>
  /** One person's submissions: returned ones first, then newest first; without withdrawn ones. */
  ofAuthor(campaignId: string, authorId: string, limit: number): Promise<Submission[]>
  /** Counts of one person's submissions by state. */
  countOfAuthor(campaignId: string, authorId: string): Promise<Partial<Record<SubmissionState, number>>>
  /** Submissions that wait for the head of a unit, oldest first. */
  waitingOf(campaignId: string, unitId: string, limit: number): Promise<Submission[]>
  /** The id of the newest change of state of a unit's submissions in some states; undefined without any. */
  newestEvent(campaignId: string, unitId: string, states: readonly SubmissionState[]): Promise<string | undefined>
  updateContent(submission: Submission, now: Date): Promise<void>
  setState(workspaceId: string, id: string, state: SubmissionState, now: Date): Promise<void>
  addEvent(workspaceId: string, event: SubmissionEvent): Promise<void>
  /** The last change of state, with its author's name. */
  lastEvent(submissionId: string): Promise<(SubmissionEvent & { byName: string }) | undefined>
  /** The event that stored the current content; a new one after each edit by the author. */
  lastWriting(submissionId: string): Promise<(SubmissionEvent & { byName: string }) | undefined>
  /** Every change of state in order, with its author's name. */
  events(submissionId: string): Promise<(SubmissionEvent & { byName: string })[]>
  /** The newest changes of state of a person's submissions or of some units', newest first; at most `limit`. */
  latestEvents(
    workspaceId: string,
    of: { authorId: string } | { unitIds: readonly string[] },
    limit: number,
  ): Promise<(SubmissionEvent & { byName: string })[]>
  /** Others of the same unit, criterion and day, without withdrawn ones, newest first; at most `limit`. */
  ofSameDay(submission: Submission, limit: number): Promise<Submission[]>
  /** Others, of any unit and campaign, with a stored file of the same bytes, without withdrawn ones; at most `limit`. */
  withSameFile(submission: Submission, limit: number): Promise<Submission[]>
  byNumber(campaignId: string, number: number): Promise<Submission | undefined>
  /** All of a person's submissions, in any campaign and state, newest first; at most `limit`. */
  writtenBy(workspaceId: string, personId: string, limit: number): Promise<Submission[]>
}
