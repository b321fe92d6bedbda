export interface Seen {
  /** True the first time that a key is named, false ever after (kept for at least a day). */
  firstTime(workspaceId: string, key: string, now: Date): Promise<boolean>
  forget(before: Date): Promise<void>
}
