/** What the bot holds about one person, and how it is taken out (Law 91/2025/QH15, Decree 356/2025). */
export interface HeldAccount {
  platform: string
  externalId: string
  metAt: Date
}
export interface PersonalData {
  /** Submissions that a person wrote, drafts, and messages that went or will go to them. */
  counts(workspaceId: string, personId: string): Promise<{ submissions: number; drafts: number; messages: number }>
  /** The newest met first. */
  accounts(workspaceId: string, personId: string): Promise<HeldAccount[]>
  /** Submissions that a person wrote or changed the state of. */
  submissionsTouchedBy(workspaceId: string, personId: string): Promise<string[]>
  /** Units whose reports a person sent or decided on. */
  reportsTouchedBy(workspaceId: string, personId: string): Promise<string[]>
  /** Puts a placeholder in the place of the name, without e-mail, roles, accounts, a way in, absences, wishes, parts given to them, or keys that hold an account. */
  anonymise(workspaceId: string, personId: string, placeholder: string): Promise<void>
  /** Gives what a person wrote, its files, and their own changes of it, to another who stands for nobody; the ids of it. */
  handOver(workspaceId: string, from: string, to: string): Promise<string[]>
  /** Removes what a person typed or laid down and never handed in. */
  dropDrafts(workspaceId: string, personId: string): Promise<void>
  /** Removes the messages to a person; with `about`, only those whose keys begin with it. */
  dropMessages(workspaceId: string, personId: string, about?: string): Promise<void>
  /** Within messages about one thing, puts one JSON text in place of another. */
  replaceInMessages(workspaceId: string, about: string, from: string, to: string): Promise<void>
  /** Removes one message altogether, as if it had never been. */
  dropMessage(key: string): Promise<void>
}
