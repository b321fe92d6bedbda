import type { Withheld } from '../withheld.js'
import type { SubmissionDraft } from './content.js'

/** What a person typed into a form without handing it in. Private to that person. */
export interface Draft {
  /** The nonce of the form in which it began; it stays the same when the draft is opened again. */
  id: string
  workspaceId: string
  personId: string
  campaignId: string
  content: SubmissionDraft
  /** Whether the form has shown its hint. */
  hinted: boolean
  updatedAt: Date
  /** Fields that are not stored any more; set by `withhold`. */
  withheld: Withheld
}

/** When something was typed; the chat may report it late or out of order. */
export interface TypedAt {
  /** The opened form; the same draft can be opened in several. */
  form: string
  /** Microseconds by the chat's clock; increases within one form. */
  micros: number
}

export interface Drafts {
  /**
   * Stores what was typed over the older draft, but never over another person's draft or over later input of the same
   * form. `isNew` false: only where a draft exists.
   */
  save(draft: Draft, at: TypedAt, isNew: boolean): Promise<void>
  /**
   * Replaces the content and the withheld fields whatever was typed when; creates the draft where there is none. `erases`:
   * earlier contents are erased from the files too.
   */
  withhold(draft: Draft, form: string, erases: boolean): Promise<void>
  byId(workspaceId: string, id: string): Promise<Draft | undefined>
  /** A person's drafts, newest first. */
  ofPerson(workspaceId: string, personId: string, campaignId: string): Promise<Draft[]>
  /** Removes a person's draft, if there is one. */
  remove(personId: string, id: string): Promise<void>
  /** Removes drafts untouched since an instant. */
  forget(before: Date): Promise<void>
}
