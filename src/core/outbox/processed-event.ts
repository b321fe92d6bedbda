export interface Seen {
  /** Returns true the first time a key is named, false from then on (for at least a day). */
  firstTime(workspaceId: string, key: string, now: Date): Promise<boolean>
  forget(before: Date): Promise<void>
}
