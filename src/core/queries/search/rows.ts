import type { Submission } from '../../submission/submission.js'

/** What can be found of one submission: folded words, parted by spaces. */
export interface SearchDoc {
  number: string
  /** Unit, criterion, author. */
  names: string
  text: string
  /** Names of its files. */
  files: string
}
export interface SearchQuery {
  workspaceId: string
  /** Folded words, letters and digits only; at least one. All must be there. */
  words: readonly string[]
  /** The last word may be the beginning of one. */
  open: boolean
  /** Whose submissions and which units' may be found. */
  scope: { authorId: string; unitIds: readonly string[] } | 'all'
  limit: number
  offset: number
}
/**
 * The full-text index. Writing it costs a fifth of a submission, so that handing in does not: the row of the log which
 * every change leaves in its own transaction is all that is needed. What came in since is read before the next search, and
 * each minute, many at once; nothing is ever found as it was before.
 */
export interface Search {
  /** Number of the last row of the log that was read; 0 before the first. */
  readTo(workspaceId: string): Promise<number>
  setReadTo(workspaceId: string, seq: number): Promise<void>
  /** To be read anew though no words of its own were handed in: for whoever changes what `SearchDoc` holds otherwise. */
  mark(submission: Pick<Submission, 'id' | 'workspaceId'>): Promise<void>
  /** Everything that holds a name which has changed. */
  markOf(workspaceId: string, of: { unitId: string } | { authorId: string } | { campaignId: string }): Promise<void>
  /** Submissions whose mark still stands, in the order in which they were handed in; of any campaign. */
  marked(workspaceId: string, limit: number): Promise<Submission[]>
  /** Puts a document in place of what was there of the submission, and takes the mark away. */
  put(submission: Submission, doc: SearchDoc): Promise<void>
  /** Ids of what was found, best first, then newest; and how many there are in all. */
  find(query: SearchQuery): Promise<{ ids: string[]; total: number }>
}
