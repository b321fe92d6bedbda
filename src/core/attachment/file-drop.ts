/** Files that a person sent to the bot before there is a submission. Private to that person. */
export interface FileDrop {
  /** Also the nonce of the form that turns it into a submission. */
  id: string
  workspaceId: string
  personId: string
  /** The text sent with the files, which prefills the form. */
  text: string
  createdAt: Date
  /** The submission it became, if any. */
  submissionId: string | null
}

export interface FileDrops {
  insert(drop: FileDrop, requestKey: string | null): Promise<void>
  byId(workspaceId: string, id: string): Promise<FileDrop | undefined>
  byRequest(workspaceId: string, requestKey: string): Promise<FileDrop | undefined>
  /** Returns false when it became a submission before. */
  use(id: string, submissionId: string): Promise<boolean>
  /**
   * Deletes drops older than an instant, and those of their files that belong to no submission. Rows stay while there
   * are bytes to delete.
   */
  forget(before: Date): Promise<void>
}
