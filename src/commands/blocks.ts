import type { Rich } from '../text/rich.js'
import type { Block, Button, Select, TableColumn } from './ui.js'

type BlockOf<K extends Block['kind']> = Extract<Block, { kind: K }>

/** One builder for each kind of block. Notes and buttons are fields of a form too. */
export const block = {
  heading: (text: string): BlockOf<'heading'> => ({ kind: 'heading', text }),
  text: (text: Rich): BlockOf<'text'> => ({ kind: 'text', text }),
  note: (text: Rich): BlockOf<'note'> => ({ kind: 'note', text }),
  quote: (text: string): BlockOf<'quote'> => ({ kind: 'quote', text }),
  item: (text: Rich, buttons: readonly Button[]): BlockOf<'item'> => ({ kind: 'item', text, buttons }),
  row: (text: Rich, buttons: readonly Button[]): BlockOf<'row'> => ({ kind: 'row', text, buttons }),
  buttons: (buttons: readonly Button[]): BlockOf<'buttons'> => ({ kind: 'buttons', buttons }),
  choices: (selects: readonly Select[], buttons?: readonly Button[]): BlockOf<'choices'> =>
    buttons ? { kind: 'choices', selects, buttons } : { kind: 'choices', selects },
  table: (caption: string, columns: readonly TableColumn[], rows: BlockOf<'table'>['rows']): BlockOf<'table'> => ({
    kind: 'table',
    caption,
    columns,
    rows,
  }),
  divider: (): BlockOf<'divider'> => ({ kind: 'divider' }),
}

type Truthy<T> = Exclude<T, null | undefined | false | '' | 0>

/** What `make` builds from `value`, as a list to spread; empty when `value` is falsy. */
export function when<T, B extends object>(value: T, make: (value: Truthy<T>) => B | readonly B[]): readonly B[] {
  if (!value) return []
  const made = make(value as Truthy<T>)
  return isList(made) ? made : [made]
}

const isList = <B extends object>(made: B | readonly B[]): made is readonly B[] => Array.isArray(made)
