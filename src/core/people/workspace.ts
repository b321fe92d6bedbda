export interface Workspaces {
  /** The workspace of a chat team; adopts the one that an import made before the bot first met its chat. */
  adopt(platform: string, externalId: string, now: Date): Promise<string>
  /** The only workspace there is, made if there is none; for the command line. */
  only(now: Date): Promise<string>
  all(): Promise<{ id: string; platform: string | null; externalId: string | null }[]>
}
