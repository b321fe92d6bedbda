import type { AccountRef } from '../../people/account.js'

/** The App Home of one account in the chat, as it was last published. */
export interface Home {
  externalId: string
  openedAt: Date
  /** Hash of what was published, without the time of drawing; null if nothing was. */
  digest: string | null
  /** The chat's own hash of the view. */
  viewHash: string | null
}

/**
 * Counters that rise in the same transaction as any change of what homes show. A submission therefore writes nothing extra
 * for the homes.
 */
export interface HomeVersion {
  /** The last row of the audit log: every change of submissions, dates, settings and the like adds one. */
  audit: number
  /** Version of people, roles, units and accounts. */
  roster: number
  /** Number of messages whose readers could not be reached. */
  unreachable: number
}

/** Rows of the opened homes. */
export interface HomeRows {
  version(workspaceId: string): Promise<HomeVersion>
  /** Accounts whose home was opened since an instant, the latest first. */
  openedSince(workspaceId: string, platform: string, since: Date): Promise<string[]>
  byAccount(ref: AccountRef): Promise<Home | undefined>
  /** Records that a home was opened. */
  opened(ref: AccountRef, now: Date): Promise<void>
  /** Records what an opened home shows now. */
  published(ref: AccountRef, as: { digest: string; viewHash: string | null }, now: Date): Promise<void>
  forget(ref: AccountRef): Promise<void>
}
