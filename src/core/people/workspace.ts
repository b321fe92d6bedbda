export interface Workspaces {
  /** The workspace of a chat team. Takes the one without a team, which an import created before the bot first connected. */
  adopt(platform: string, externalId: string, now: Date): Promise<string>
  /** The only workspace, created if there is none; for the command line. */
  only(now: Date): Promise<string>
  all(): Promise<{ id: string; platform: string | null; externalId: string | null }[]>
}
