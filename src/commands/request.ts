import type { IncomingFile } from '../core/attachment/attachment.js'
import type { Profile } from '../core/people/account.js'

/** What comes in from a chat, made the same for all of them. Texts are NFC. */
interface From {
  /** The person's account in the chat. */
  accountId: string
  /** Unique to what the person did, where the chat gives such a thing; its repeats carry the same. */
  requestKey: string | null
}
export type Request =
  | (From & { kind: 'command'; text: string })
  | (From & { kind: 'action'; id: string; value: unknown; inPage: boolean })
  | (From & {
      kind: 'form'
      id: string
      fields: Readonly<Record<string, string>>
      hidden: unknown
      files: Readonly<Record<string, readonly IncomingFile[]>>
    })
  /** Files that a person sent to the bot, with what was written beside them. */
  | (From & { kind: 'files'; text: string; files: readonly IncomingFile[] })
  /** A message of anybody's that a person chose something for, from its menu. */
  | (From & { kind: 'shortcut'; id: string; text: string; files: readonly IncomingFile[] })
  /** What a form holds while it is filled in, or when it was closed; answered with nothing. */
  | (From & {
      kind: 'autosave'
      id: string
      fields: Readonly<Record<string, string>>
      hidden: unknown
      /** When it was typed, by the chat's clock; the chat may tell it late. Null when the form was closed. */
      micros: number | null
    })
  | (From & { kind: 'home' })

/** What the bot must ask of the chat about its accounts. */
export interface Directory {
  platform: string
  /** Throws when the chat does not answer in time. */
  profile(accountId: string): Promise<Profile | undefined>
  /** Undefined when nobody has it. Throws SendError. */
  byEmail(email: string): Promise<Profile | undefined>
}
