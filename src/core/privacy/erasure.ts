/**
 * What a person can ask to be erased: what they typed and never handed in; their name on what they handed in; everything that
 * may be erased.
 */
export const erasureKinds = ['drafts', 'name', 'all'] as const
export type ErasureKind = (typeof erasureKinds)[number]
export type ErasureState = 'waiting' | 'agreed' | 'refused' | 'taken_back'

/** A person's request to the Organisation–Administration Office, which decides it once. */
export interface Erasure {
  id: string
  workspaceId: string
  personId: string
  what: ErasureKind
  /** Typed by the person; null once they were erased. */
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
  /** Deletes the reasons that a person typed. */
  forgetReasons(workspaceId: string, personId: string): Promise<void>
}
