import type { Rich } from '../text/rich.js'

/** What a command may answer with. About ten kinds; each platform has one small renderer for them. */

export interface Button {
  label: string
  /** Id of the action, as the registry knows it. */
  action: string
  /** Goes back to the action as it is; proves nothing. */
  value?: unknown
  style?: 'primary' | 'danger'
  /** Asked before the action is sent, where the platform can. */
  ask?: { title: string; text: string; yes: string; no: string }
}

/** One of several, chosen in a message or a page; the chosen value goes back to the action as a button's does. */
export interface Select {
  /** What stands there while nothing is chosen. */
  placeholder: string
  action: string
  /** At most 100; each value at most 75 characters as JSON. */
  options: readonly { label: string; value: unknown }[]
  /** Place of the chosen one among the options. */
  chosen?: number
}

export interface TableColumn {
  label: string
  align?: 'right'
}

export type Block =
  | { kind: 'heading'; text: string }
  | { kind: 'text'; text: Rich }
  | { kind: 'note'; text: Rich }
  /** What a person wrote, whole lines of it. */
  | { kind: 'quote'; text: string }
  /** One thing with what can be done about it. */
  | { kind: 'item'; text: Rich; buttons: readonly Button[] }
  | { kind: 'buttons'; buttons: readonly Button[] }
  /** In one row; buttons stand after the selects. */
  | { kind: 'choices'; selects: readonly Select[]; buttons?: readonly Button[] }
  | { kind: 'table'; caption: string; columns: readonly TableColumn[]; rows: readonly (readonly (string | number)[])[] }
  | { kind: 'divider' }

/** One message. */
export interface Card {
  /** The message in one line, for notifications. */
  summary: string
  blocks: readonly Block[]
}

interface FieldBase {
  id: string
  label: string
  optional?: boolean
  hint?: string
  placeholder?: string
}
export interface Option {
  value: string
  label: string
}
export type Field =
  | { kind: 'note'; text: Rich }
  | { kind: 'buttons'; buttons: readonly Button[] }
  | (FieldBase & { kind: 'text'; multiline?: boolean; max: number; value?: string })
  | (FieldBase & { kind: 'number'; value?: string })
  | (FieldBase & { kind: 'date'; value?: string })
  /** Up to `max` files; `types`: the extensions that are proposed. */
  | (FieldBase & { kind: 'files'; max: number; types: readonly string[] })
  | (FieldBase & { kind: 'choice'; groups: readonly { label: string; options: readonly Option[] }[]; value?: string })
  /** Any number of at most 10; what is ticked comes back as its values, a line each. */
  | (FieldBase & { kind: 'checks'; options: readonly (Option & { note?: string })[]; values: readonly string[] })

/** A form that opens over the chat. */
export interface Form {
  id: string
  title: string
  submit: string
  /** Comes back with the form; proves nothing. */
  hidden?: unknown
  /** What is typed is told at once and when the form is closed, to the handler's `autosave`. */
  autosave?: boolean
  fields: readonly Field[]
}

/** A page that opens over the chat and only shows, with buttons. */
export interface Page {
  title: string
  blocks: readonly Block[]
}

export type Reply =
  | { kind: 'nothing' }
  /** To the person alone. `replace`: in place of the message whose button was pressed, where that is theirs alone. */
  | { kind: 'card'; card: Card; replace?: boolean }
  | { kind: 'form'; form: Form }
  | { kind: 'page'; page: Page }
  /** Faults of a form, a sentence a field; the form stays as it is. */
  | { kind: 'faults'; faults: Readonly<Record<string, string>> }

export const nothing: Reply = { kind: 'nothing' }
export const textCard = (text: string): Card => ({ summary: text, blocks: [{ kind: 'text', text }] })
export const say = (text: string): Reply => ({ kind: 'card', card: textCard(text) })
