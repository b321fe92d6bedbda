import type { MessageState, NoticeKind, WorkKind } from './outbox.js'

/** A message or background work as an operator sees it: recipient and kind, never its content. */
export interface OutboxEntry {
  key: string
  kind: NoticeKind | WorkKind
  /** Null for an erased person. */
  to: string | null
  state: MessageState
  createdAt: Date
  dueAt: Date
  doneAt: Date | null
  attempts: number
  triedSince: Date | null
  error: string | null
  /** It may have arrived; the chat is searched before it is sent again. */
  uncertain: boolean
  /** It is in the chat; only an update of it waits or failed. */
  arrived: boolean
}

export interface OutboxView {
  counts(workspaceId: string): Promise<Partial<Record<MessageState, number>>>
  /** Newest first. */
  inState(workspaceId: string, states: readonly MessageState[], limit: number): Promise<OutboxEntry[]>
  byKey(workspaceId: string, key: string): Promise<OutboxEntry | undefined>
  /**
   * Messages that failed for good between two instants without ever arriving, in the order of failure; without messages
   * about failures.
   */
  failedWithin(workspaceId: string, from: Date, to: Date): Promise<OutboxEntry[]>
  /** Count of messages waiting or being tried since before an instant. */
  waitingSince(workspaceId: string, before: Date): Promise<number>
  /**
   * Requeues failed, unreachable and waiting messages, all or one by key, due since they were made (independent of the
   * clock that postponed them). Returns how many.
   */
  requeue(workspaceId: string, key?: string): Promise<number>
}
