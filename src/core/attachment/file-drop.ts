/** Photos and files that a person laid down before they belong to a submission. Theirs alone. */
export interface FileDrop {
  /** Also the nonce of the form that makes a submission of it. */
  id: string
  workspaceId: string
  personId: string
  /** What was written beside them: the words to begin with. */
  text: string
  createdAt: Date
  /** The submission that it became. */
  submissionId: string | null
}
export interface FileDrops {
  insert(drop: FileDrop, requestKey: string | null): Promise<void>
  byId(workspaceId: string, id: string): Promise<FileDrop | undefined>
  byRequest(workspaceId: string, requestKey: string): Promise<FileDrop | undefined>
  /** False when it became a submission before. */
  use(id: string, submissionId: string): Promise<boolean>
  /** Lets go of those from before with the files that never went to a submission; rows stay while there are bytes to clear. */
  forget(before: Date): Promise<void>
}
