import type { SubmissionDraft } from './content.js'

/** What a person typed into a form and has not handed in. Theirs alone. */
export interface Draft {
  /** The nonce of the form that it was first typed into; taken up again, it stays the same. */
  id: string
  workspaceId: string
  personId: string
  campaignId: string
  content: SubmissionDraft
  /** The form has given its hint already. */
  hinted: boolean
  updatedAt: Date
}
/** When something was typed: the chat may tell it late, or out of order. */
export interface TypedAt {
  /** The opened form that it was typed into; the same draft may be taken up in another. */
  form: string
  /** Microseconds by the chat's clock; within one form later is more. */
  micros: number
}
export interface Drafts {
  /**
   * Keeps what was typed, over what was typed before it: never over another person's draft, nor over what was typed later
   * in the same form. `isNew` false: only where there is a draft already.
   */
  save(draft: Draft, at: TypedAt, isNew: boolean): Promise<void>
  byId(workspaceId: string, id: string): Promise<Draft | undefined>
  /** A person's drafts, the newest first. */
  ofPerson(workspaceId: string, personId: string, campaignId: string): Promise<Draft[]>
  /** Removes a person's draft; nothing where there is none. */
  remove(personId: string, id: string): Promise<void>
  /** Removes the drafts that nobody touched since. */
  forget(before: Date): Promise<void>
}
