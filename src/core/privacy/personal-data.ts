/** Personal data of one person, and its erasure (Law 91/2025/QH15, Decree 356/2025). */
export interface HeldAccount {
  platform: string
  externalId: string
  metAt: Date
}

export interface PersonalData {
  /** Numbers of submissions that a person wrote, of drafts, and of messages to them, sent or waiting. */
  counts(workspaceId: string, personId: string): Promise<{ submissions: number; drafts: number; messages: number }>
  /** Last bound first. */
  accounts(workspaceId: string, personId: string): Promise<HeldAccount[]>
  /** Submissions that a person wrote or changed the state of. */
  submissionsTouchedBy(workspaceId: string, personId: string): Promise<string[]>
  /** Units whose reports a person sent or decided on. */
  reportsTouchedBy(workspaceId: string, personId: string): Promise<string[]>
  /**
   * Replaces a person's name by a placeholder, and deletes their e-mail, roles, accounts, access, absences, reminder preferences,
   * handovers to them, and keys that contain an account.
   */
  anonymise(workspaceId: string, personId: string, placeholder: string): Promise<void>
  /** Makes a placeholder the author of what a person wrote, its files and the person's own changes. Returns the submissions' ids. */
  handOver(workspaceId: string, from: string, to: string): Promise<string[]>
  /** Deletes drafts, and files that a person sent and never handed in. */
  dropDrafts(workspaceId: string, personId: string): Promise<void>
  /** Deletes messages to a person; with `about`, only those whose keys begin with it. */
  dropMessages(workspaceId: string, personId: string, about?: string): Promise<void>
  /** Replaces one JSON text by another in messages whose keys begin with `about`. */
  replaceInMessages(workspaceId: string, about: string, from: string, to: string): Promise<void>
  /** Deletes one message. */
  dropMessage(key: string): Promise<void>
}
