import type { Card } from './ui.js'

/** How much one message, page or element of a chat holds; each platform has its own values. Lengths are in UTF-16 units. */
export interface ChatLimits {
  /** Blocks of one message. */
  messageBlocks: number
  /** Blocks of one home or page. */
  viewBlocks: number
  /** Length of what a person types into one field. */
  inputText: number
  /** Options of one menu, or of one group of options. */
  options: number
  /** Length of the label of an option or of a group of options. */
  optionLabel: number
  /** Length of an option's value as JSON. */
  optionValue: number
  /** Length of a button's value as JSON. */
  buttonValue: number
}

export interface Place {
  channel: string
  ts: string
}

/** How the outbox reaches a chat; each platform has one. All methods throw SendError. */
export interface Sender {
  /** Sends to a person directly. `key` goes with the message, unseen, so that it can be found again. */
  post(accountId: string, card: Card, key: string): Promise<Place>
  update(at: Place, card: Card): Promise<void>
  /** Looks for a message whose fate is unknown among those that stand there, whatever either clock says. */
  find(accountId: string, key: string): Promise<Place | undefined>
}

/** How homes reach a chat; each platform that has them has one. */
export interface HomePublisher {
  /** All that a person would see of it, as text: two cards of which it is the same look the same. */
  drawn(card: Card): string
  /**
   * Shows a home in place of the one before; gives the chat's mark of it. With `viewHash` only if that still stands there,
   * else throws SendError `conflict`.
   */
  publish(accountId: string, card: Card, viewHash: string | null): Promise<string | null>
}

/**
 * Why a message did not go out. `later`: the chat asks to wait, and took nothing; `uncertain`: it may or may not have arrived;
 * `unreachable`: the person cannot be written to; `gone`: the message to update is no more; `conflict`: what is to be
 * replaced was replaced meanwhile; `refused`: the chat will never take it.
 */
export class SendError extends Error {
  constructor(
    readonly why: 'later' | 'uncertain' | 'unreachable' | 'gone' | 'conflict' | 'refused',
    message: string,
    /** Not before then again, in ms. */
    readonly retryAfterMs = 0,
  ) {
    super(message)
  }
}

/** A file on its way to somebody: a stored one, or one that was made for this. */
export type OutgoingFile = StoredFile | { name: string; bytes: Uint8Array }
export interface StoredFile {
  name: string
  /** Its bytes, by their SHA-256. */
  sha256: string
  /** In bytes. */
  size: number
}

/** How stored files reach a person of a chat. Throws SendError. */
export interface FileSender {
  /** Sends files to a person directly, in one message under a comment of plain text; stops soon after `signal`. */
  send(accountId: string, comment: string, files: readonly OutgoingFile[], signal: AbortSignal): Promise<void>
}
