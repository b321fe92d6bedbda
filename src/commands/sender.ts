import type { Card } from './ui.js'

export interface Place {
  channel: string
  ts: string
}

/** How the outbox reaches a chat; each platform has one. All methods throw SendError. */
export interface Sender {
  /** Sends to a person directly. `key` goes with the message, unseen, so that it can be found again. */
  post(accountId: string, card: Card, key: string): Promise<Place>
  update(at: Place, card: Card): Promise<void>
  /** Looks for a message whose fate is unknown, among those sent since an instant. */
  find(accountId: string, key: string, since: Date): Promise<Place | undefined>
}

/**
 * Why a message did not go out. `later`: the chat asks to wait; `uncertain`: it may or may not have arrived;
 * `unreachable`: the person cannot be written to; `gone`: the message to update is no more; `refused`: the chat will never
 * take it.
 */
export class SendError extends Error {
  constructor(
    readonly why: 'later' | 'uncertain' | 'unreachable' | 'gone' | 'refused',
    message: string,
    readonly retryAfterMs = 0,
  ) {
    super(message)
  }
}
