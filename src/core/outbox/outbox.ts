/** Kinds of message that the bot sends on its own initiative. Stored: names never change. */
export const noticeKinds = [
  'submission.receipt',
  'submission.request',
  'submission.outcome',
  'submission.board_returned',
  'attachment.failed',
  'files.unsent',
  'drop.card',
  'unitReport.offer',
  'unitReport.request',
  'unitReport.outcome',
  'review.closed',
  'reminder',
  'late.digest',
  'eve.digest',
  'digest.weekly',
  'thanks',
  'stranger',
  'unreachable',
  'headless',
  'account.refused',
  'holidays',
  'erasure.request',
  'erasure.outcome',
  'absence.stand_in',
  'absence.by_other',
  'undelivered',
] as const

export type NoticeKind = (typeof noticeKinds)[number]

/** Kinds that no person's action triggers: they go out on working days within the campaign's sending hours only. */
export const quietKinds: readonly NoticeKind[] = [
  'reminder',
  'late.digest',
  'eve.digest',
  'digest.weekly',
  'thanks',
  'holidays',
  'undelivered',
]

/** First sendings and updates have separate queues, so that neither delays the other. */
export type QueueName = 'new' | 'stale'

/**
 * Kinds of background work: files to fetch or to send. Work waits in the outbox with the same leases as messages, but in a
 * queue of its own. A new kind needs a migration of the partial index `outbox_work`, which lists the kinds too.
 */
export const workKinds = ['attachment.fetch', 'attachment.show', 'calendar.file'] as const
export type WorkKind = (typeof workKinds)[number]

/**
 * A message's states: waiting → sending → sent; a sent message whose content changed is stale until it is updated.
 * `dropped`: no longer needed when its turn came. `failed`: given up, with the reason. `unreachable`: the person is not
 * in the chat.
 */
export type MessageState = 'waiting' | 'sending' | 'sent' | 'stale' | 'dropped' | 'failed' | 'unreachable'

export interface NewMessage {
  workspaceId: string
  /**
   * The subject of the message and what distinguishes it from others about the same subject, separated by colons:
   * `submission:<id>:receipt`. A key is never sent twice. It contains an id that is unique across workspaces.
   */
  key: string
  kind: NoticeKind | WorkKind
  /** The recipient. */
  personId: string
  payload: Readonly<Record<string, unknown>>
  dueAt: Date
}

export interface Message {
  workspaceId: string
  key: string
  kind: NoticeKind
  personId: string
  payload: Record<string, unknown>
  attempts: number
  /** Since when attempts have failed; null when the last one succeeded or there was none. */
  triedSince: Date | null
  /** The outcome of the last attempt is unknown: search the chat before sending again. */
  uncertain: boolean
  /** The channel and the timestamp of the message in the chat, once sent. */
  channel: string | null
  ts: string | null
  createdAt: Date
}

export type Work = Omit<Message, 'kind'> & { kind: WorkKind }

/**
 * The process that holds the lease of a message. It may record a result only while it holds the lease: afterwards
 * another process may have claimed the message. The default owner is the empty id.
 */
export type OwnerId = string

export interface Outbox {
  /** Adds a message. Returns false when its key was used before. */
  add(message: NewMessage, now: Date): Promise<boolean>
  /** Adds a few messages; those whose keys were used before are skipped. */
  addAll(messages: readonly NewMessage[], now: Date): Promise<void>
  /** Adds many messages. Returns the keys that were not used before. */
  addMany(messages: readonly NewMessage[], now: Date): Promise<Set<string>>
  byKey(key: string): Promise<(Message & { state: MessageState }) | undefined>
  /** Changes a message's payload: a sent one is updated in place, an unsent one waits. */
  amend(key: string, payload: NewMessage['payload'], now: Date): Promise<void>
  /** Changes the payload for later updates only; the message in the chat shows it already. */
  rewrite(key: string, payload: NewMessage['payload']): Promise<void>
  /** Drops an unsent message. Returns false when it was sent, or is being sent. */
  drop(key: string, why: string, now: Date): Promise<boolean>
  /** Requeues a message that was dropped before it was sent. */
  revive(key: string, now: Date): Promise<void>
  /**
   * Marks every message of a topic (`about`, a key prefix that ends in a colon) not older than `since` as stale; sent
   * ones are updated in place.
   */
  touch(about: string, now: Date, since?: Date): Promise<void>
  /**
   * Marks sent messages as stale like `touch`, where nobody waits for the update: a few at once, the others one after the
   * other (*unhurried*), so slowly that the chat's limit for updates leaves room for those that follow what people do.
   */
  touchLater(workspaceId: string, keys: readonly string[], now: Date): Promise<void>
  /** Messages that are due, oldest first; of one workspace's queue, or all. `hurried`: without unhurried updates. */
  due(now: Date, limit: number, of?: { workspaceId: string; queue: QueueName; hurried?: boolean }): Promise<Message[]>
  /** The same for background work. */
  dueWork(now: Date, limit: number, workspaceId?: string): Promise<Work[]>
  /** Leases a message until `leaseUntil`; false when another process holds it, or has deferred it beyond `now`. */
  claim(key: string, leaseUntil: Date, by?: OwnerId, now?: Date): Promise<boolean>
  defer(key: string, dueAt: Date): Promise<void>
  /** Extends a lease; false when `by` no longer holds it. */
  renew(key: string, leaseUntil: Date, by?: OwnerId): Promise<boolean>
  /** Ends a lease without an attempt: the message waits until `dueAt`. */
  requeue(key: string, dueAt: Date, by?: OwnerId): Promise<boolean>
  /** Marks background work as done. */
  done(key: string, now: Date, by?: OwnerId): Promise<boolean>
  sent(key: string, at: { channel: string; ts: string }, now: Date, by?: OwnerId): Promise<boolean>
  retry(key: string, dueAt: Date, error: string, uncertain: boolean, now: Date, by?: OwnerId): Promise<boolean>
  end(
    key: string,
    state: 'dropped' | 'failed' | 'unreachable',
    reason: string,
    now: Date,
    by?: OwnerId,
  ): Promise<boolean>
  /**
   * Ends expired leases and those of processes that are gone. The messages wait again, with the outcome of their last
   * attempt unknown. A first message of a process that is gone waits until `dueAt`, since its request may still be in
   * flight.
   */
  recover(leaseBefore: Date, gone?: readonly OwnerId[], dueAt?: Date): Promise<number>
  /** The owners of leases, each with the end of its first lease to expire. */
  leases(): Promise<{ by: OwnerId; until: Date }[]>
  /**
   * Number of messages and pieces of work that are leased, or due by an instant; of one workspace, or of all. Without
   * unhurried updates.
   */
  pending(by: Date, workspaceId?: string): Promise<number>
  byKeys(workspaceId: string, prefix: string): Promise<{ key: string; state: MessageState; personId: string }[]>
}
