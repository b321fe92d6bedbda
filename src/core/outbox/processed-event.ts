export interface ProcessedEvents {
  /** True the first time that a key is given, false afterwards (remembered for at least a day). */
  firstTime(workspaceId: string, key: string, now: Date): Promise<boolean>
  forget(before: Date): Promise<void>
}
