/** What a person may ask to be erased: what they typed and never sent, their name on what they sent, or all that may go. */
export const erasureKinds = ['drafts', 'name', 'all'] as const
export type ErasureKind = (typeof erasureKinds)[number]
export type ErasureState = 'waiting' | 'agreed' | 'refused' | 'taken_back'
/** One person's question to the Organisation–Administration Office, which decides it once. */
export interface Erasure {
  id: string
  workspaceId: string
  personId: string
  what: ErasureKind
  /** The person's own words; gone once they were erased. */
  reason: string | null
  askedAt: Date
  state: ErasureState
  decidedBy: string | null
  decidedAt: Date | null
  /** Why it was refused. */
  decisionReason: string | null
}
export interface Erasures {
  add(erasure: Erasure): Promise<void>
  byId(workspaceId: string, id: string): Promise<Erasure | undefined>
  waitingOf(workspaceId: string, personId: string): Promise<Erasure | undefined>
  close(erasure: Erasure): Promise<void>
  /** Removes the words of a person's own from their questions. */
  forgetReasons(workspaceId: string, personId: string): Promise<void>
}
