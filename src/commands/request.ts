import type { IncomingFile } from '../core/attachment/attachment.js'
import type { Profile } from '../core/people/account.js'

/** The members of every request, in the same form for all chats. Texts are NFC. */
interface From {
  /** The person's account in the chat. */
  accountId: string
  /** Idempotency key: the same when the chat repeats the request. Null if the chat has none. */
  requestKey: string | null
}

export type Request =
  /** `isMessage`: typed as a message to the bot, whose answer cannot open a form. */
  | (From & { kind: 'command'; text: string; isMessage?: boolean })
  | (From & { kind: 'action'; id: string; value: unknown; inPage: boolean })
  | (From & {
      kind: 'form'
      id: string
      fields: Readonly<Record<string, string>>
      hidden: unknown
      files: Readonly<Record<string, readonly IncomingFile[]>>
    })
  /** Files that a person sent to the bot, with the text of the message. */
  | (From & { kind: 'files'; text: string; files: readonly IncomingFile[] })
  /** A shortcut that a person chose from the menu of any message. */
  | (From & { kind: 'shortcut'; id: string; text: string; files: readonly IncomingFile[] })
  /** What a form holds while it is filled in, or when it was closed. The reply is `nothing`. */
  | (From & {
      kind: 'autosave'
      id: string
      fields: Readonly<Record<string, string>>
      hidden: unknown
      /** When it was typed, by the chat's clock; it may arrive late. Null when the form was closed. */
      micros: number | null
    })
  | (From & { kind: 'home' })

/** Queries about the accounts of a chat. */
export interface Directory {
  platform: string
  /** Undefined for an account that the chat does not know. Throws when the chat does not answer in time. */
  profile(accountId: string): Promise<Profile | undefined>
  /** Undefined when no account has the address, or only one that is closed. Throws SendError. */
  byEmail(email: string): Promise<Profile | undefined>
}
