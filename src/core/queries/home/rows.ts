import type { AccountRef } from '../../people/account.js'

/** The home of one account in the chat, as it was published last. */
export interface Home {
  externalId: string
  openedAt: Date
  /** Of what was published, the time of drawing left out; null when nothing was. */
  digest: string | null
  /** The chat's own mark of what it shows. */
  viewHash: string | null
}
/**
 * What homes are drawn from, in numbers that rise in the same transaction as any change: nothing more is written for the
 * homes' sake when somebody hands something in.
 */
export interface HomeVersion {
  /** The last row of the audit log: every change of submissions, dates, settings and the like adds one. */
  audit: number
  /** Of people, roles, units and accounts. */
  roster: number
  /** Messages whose readers could not be reached. */
  unreachable: number
}
export interface HomeRows {
  version(workspaceId: string): Promise<HomeVersion>
  /** Accounts whose home was opened since then, the last one first. */
  openedSince(workspaceId: string, platform: string, since: Date): Promise<string[]>
  byAccount(ref: AccountRef): Promise<Home | undefined>
  /** Remembers that somebody looks at their home. */
  opened(ref: AccountRef, now: Date): Promise<void>
  /** Remembers what a home that was opened shows now. */
  published(ref: AccountRef, as: { digest: string; viewHash: string | null }, now: Date): Promise<void>
  forget(ref: AccountRef): Promise<void>
}
