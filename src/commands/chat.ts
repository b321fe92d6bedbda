import type { StoredFile } from '../core/attachment/attachment.js'
import type { SendFailure, SendFailureReason } from '../core/outbox/send-failure.js'
import type { Rich } from '../text/rich.js'
import type { Card } from './ui.js'

/**
 * Size limits of messages, pages and elements of a chat; each platform has its own values. Lengths are in UTF-16 units.
 */
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

/** Where a message is in the chat. */
export interface Place {
  channel: string
  ts: string
}

/** How the outbox sends to a chat; each platform has one. All methods throw SendError. */
export interface Sender {
  /** Sends a direct message. `key` is sent along as hidden metadata, so that `find` can find the message. */
  post(accountId: string, card: Card, key: string): Promise<Place>
  update(at: Place, card: Card): Promise<void>
  /** Looks in the chat for a message that may or may not have arrived, without relying on either clock. */
  find(accountId: string, key: string): Promise<Place | undefined>
}

/** Renders homes for a chat; each platform that has homes has one. */
export type HomeRenderer = (card: Card) => RenderedHome

export interface RenderedHome {
  /** Everything that a person sees of the home: homes with equal text look the same. */
  text: string
  /**
   * Replaces the home of an account, with a note below it; resolves with the chat's hash of it. With `viewHash`,
   * replaces only a home with that hash, and otherwise throws SendError `conflict`.
   */
  publish(accountId: string, note: Rich, viewHash: string | null): Promise<string | null>
}

/**
 * A failed sending. `why` decides what follows. `later`: rate limited, nothing was sent; `uncertain`: it may have
 * arrived; `unreachable`: the person cannot be written to; `gone`: the message to update no longer exists; `conflict`:
 * somebody else replaced the content first; `refused`: the chat will never accept it.
 */
export class SendError extends Error implements SendFailure {
  constructor(
    readonly why: 'later' | 'uncertain' | 'unreachable' | 'gone' | 'conflict' | 'refused',
    /** The cause, as users are told it. */
    readonly reason: SendFailureReason,
    /** The error message of the chat or of the program, for logs and operators. */
    readonly words: string,
    /** Time to wait before the next attempt, in ms. */
    readonly retryAfterMs = 0,
  ) {
    super(words)
  }
}

/** A file to be sent: a stored one, or one that was generated for this message. */
export type OutgoingFile = VaultFile | { name: string; bytes: Uint8Array }

/** A file of the vault with the name under which it is sent. */
export type VaultFile = Pick<StoredFile, 'sha256' | 'size'> & { name: string }

/** Files in one direct message with a comment in plain text. */
export interface FileMessage {
  accountId: string
  comment: string
  files: readonly OutgoingFile[]
  /** The chat's ids of the files of an earlier attempt that may have arrived; none for a first attempt. */
  earlier: readonly string[]
  /** Stores such ids; called before the message is posted. */
  posting: (ids: readonly string[]) => Promise<void>
}

/** How files are sent to a person in a chat; each platform has one. */
export interface FileSender {
  /**
   * Sends files, unless an earlier attempt turns out to have arrived; stops soon after `signal`. Throws SendError.
   */
  send(message: FileMessage, signal: AbortSignal): Promise<void>
}
