import type { SubmissionState } from './state.js'
import type { Submission } from './submission.js'

/** The searchable words of one submission, folded, separated by spaces. */
export interface SearchDoc {
  number: string
  /** Names of the unit, the criterion and the author. */
  names: string
  text: string
  /** Names of its files. */
  files: string
}

export interface SearchQuery {
  workspaceId: string
  /** Folded words of letters and digits. A result contains all of them; without any, the states and days decide alone. */
  words: readonly string[]
  /** As it was typed, with its accents: a text with exactly this comes first. */
  typed: string
  /** Only submissions in one of these states; none: in any. */
  states: readonly SubmissionState[]
  /** Only work done on these days, yyyy-mm-dd, both included; null: on any. */
  done: { from: string; to: string } | null
  /** The last word also matches as the beginning of a word. */
  open: boolean
  /** Which submissions can be found: those of one author and of some units, or all. */
  scope: { authorId: string; unitIds: readonly string[] } | 'all'
  limit: number
  offset: number
}

/**
 * The full-text index. Updating it costs a fifth of handing in, so handing in does not update it. Every change leaves a row
 * in the audit log in its own transaction; the index processes new rows in bulk once a minute and before each search, so
 * that a search never finds outdated text.
 */
export interface Search {
  /** Number of the last processed row of the audit log; 0 before the first. */
  lastIndexedRow(workspaceId: string): Promise<number>
  setReadTo(workspaceId: string, seq: number): Promise<void>
  /** Marks a submission to be indexed again, for changes of `SearchDoc` other than by writing the submission. */
  mark(submission: Pick<Submission, 'id' | 'workspaceId'>): Promise<void>
  /** Marks every submission whose document holds a name that changed. */
  markOf(workspaceId: string, of: { unitId: string } | { authorId: string } | { campaignId: string }): Promise<void>
  /** Marked submissions of any campaign, by id. */
  marked(workspaceId: string, limit: number): Promise<Submission[]>
  /** Replaces the document of a submission and removes the mark. */
  put(submission: Submission, doc: SearchDoc): Promise<void>
  /**
   * Ids of one page of results, and the number of all results. First those with this number, then those whose text has the
   * words as typed, then side by side, then names that have them so; of equals the best match, then the newest.
   */
  find(query: SearchQuery): Promise<{ ids: string[]; total: number }>
}
