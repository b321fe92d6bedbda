import type { MessageState, NoticeKind, WorkKind } from './outbox.js'

/** A message or a piece of work as somebody who looks after the bot sees it: to whom and of what kind, never its words. */
export interface OutboxEntry {
  key: string
  kind: NoticeKind | WorkKind
  /** Null for somebody who was erased. */
  to: string | null
  state: MessageState
  createdAt: Date
  dueAt: Date
  doneAt: Date | null
  attempts: number
  triedSince: Date | null
  error: string | null
  /** It may have arrived: it is looked for before it is sent again. */
  uncertain: boolean
  /** It stands in the chat; what waits or failed is only to bring it up to date. */
  arrived: boolean
}

export interface OutboxView {
  counts(workspaceId: string): Promise<Partial<Record<MessageState, number>>>
  /** The newest first. */
  inState(workspaceId: string, states: readonly MessageState[], limit: number): Promise<OutboxEntry[]>
  byKey(workspaceId: string, key: string): Promise<OutboxEntry | undefined>
  /** What was given up between two instants and never arrived, in the order in which it was; words about that left out. */
  failedWithin(workspaceId: string, from: Date, to: Date): Promise<OutboxEntry[]>
  /** How many have waited, or were being tried, since before an instant. */
  waitingSince(workspaceId: string, before: Date): Promise<number>
  /**
   * Has what failed, could not reach anybody or waits for another try sent anew, all of it or one by its key: due since it was
   * made, whatever clock that was by. Gives how many that is.
   */
  again(workspaceId: string, key?: string): Promise<number>
}
