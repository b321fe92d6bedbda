import type { Rich } from '../text/rich.js'

/** The replies of commands. Each platform has one renderer for them. */

export interface Button {
  label: string
  /** Id of the action in the registry. */
  action: string
  /** Passed to the action unchanged. Untrusted: users can forge it. */
  value?: unknown
  style?: 'primary' | 'danger'
  /** A confirmation before the action is sent, on platforms that have it. */
  ask?: { title: string; text: string; yes: string; no: string }
}

/** A menu in a message or a page; the chosen value is passed to the action, as a button's is. */
export interface Select {
  /** Shown while nothing is chosen. */
  placeholder: string
  action: string
  /** At most `ChatLimits.options`, each value with at most `ChatLimits.optionValue` units as JSON. */
  options: readonly { label: string; value: unknown }[]
  /** Index of the chosen option. */
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
  /** A user's text, in whole lines. */
  | { kind: 'quote'; text: string }
  /** A text with the buttons for what it describes. */
  | { kind: 'item'; text: Rich; buttons: readonly Button[] }
  /** The same in one row of a list: several buttons are folded into a menu, so that a phone shows many rows. */
  | { kind: 'row'; text: Rich; buttons: readonly Button[] }
  | { kind: 'buttons'; buttons: readonly Button[] }
  /** Selects in one row, then buttons. */
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
  /** Up to `max` files; `types`: suggested extensions. */
  | (FieldBase & { kind: 'files'; max: number; types: readonly string[] })
  | (FieldBase & { kind: 'choice'; groups: readonly { label: string; options: readonly Option[] }[]; value?: string })
  /** Checkboxes. The field's text has the values of those that are ticked, one on each line. */
  | (FieldBase & { kind: 'checks'; options: readonly (Option & { note?: string })[]; values: readonly string[] })

/** A form that opens over the chat. */
export interface Form {
  id: string
  title: string
  submit: string
  /** Submitted with the form. Untrusted: users can forge it. */
  hidden?: unknown
  /** Calls the handler's `autosave` while the form is filled in, and when it is closed. */
  autosave?: boolean
  fields: readonly Field[]
}

/** A page that opens over the chat: blocks without fields. */
export interface Page {
  title: string
  blocks: readonly Block[]
}

export type Reply =
  | { kind: 'nothing' }
  /** Visible only to the person. `replace`: replaces the message with the button, if only this person sees that message. */
  | { kind: 'card'; card: Card; replace?: boolean }
  | { kind: 'form'; form: Form }
  /** `behind`: what the card that a form was opened from shows by now, where only this person sees that card. */
  | { kind: 'page'; page: Page; behind?: Card }
  /** Faults of a form, one sentence for each field; the form stays open. */
  | { kind: 'faults'; faults: Readonly<Record<string, string>> }

export const nothing: Reply = { kind: 'nothing' }
export const textCard = (text: string): Card => ({ summary: text, blocks: [{ kind: 'text', text }] })
export const say = (text: string): Reply => ({ kind: 'card', card: textCard(text) })
