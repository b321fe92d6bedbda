export interface ProcessedEvents {
  /** Returns true the first time that it is called with a key, false afterwards (keys are kept for at least a day). */
  firstTime(workspaceId: string, key: string, now: Date): Promise<boolean>
  forget(before: Date): Promise<void>
}
