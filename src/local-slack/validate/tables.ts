/** Table and data table: https://docs.slack.dev/reference/block-kit/blocks/data-table-block and …/table-block */

import type { JsonObject } from '../json.js'
import {
  addError,
  boolean,
  byType,
  type Check,
  type CheckContext,
  list,
  number,
  object,
  oneOf,
  optional,
  required,
  string,
} from './check.js'
import { richText } from './rich-text.js'

const CELLS: Record<string, Check> = {
  raw_text: object({ text: required(string()) }),
  raw_number: object({ value: required(number()), text: required(string()) }),
  rich_text: richText,
}

const cell = byType(CELLS, () => Object.keys(CELLS), 'cell of a table')
const row = list(cell, 1, 20)
const id = optional(string(255))
const MAX_CELL_CHARACTERS = 10_000

/** Characters of all `text` strings inside a value. */
export function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + textLength(item), 0)
  if (typeof value !== 'object' || value === null) return 0
  return Object.entries(value).reduce(
    (sum, [key, item]) => sum + (key === 'text' && typeof item === 'string' ? item.length : textLength(item)),
    0,
  )
}

const cellCharacters = (value: JsonObject, at: string, context: CheckContext) => {
  if (textLength(value.rows) > MAX_CELL_CHARACTERS)
    addError(context, `${at}/rows`, `the cells must be less than ${MAX_CELL_CHARACTERS + 1} characters in all`)
}

export const table = object(
  {
    block_id: id,
    rows: required(list(row, 1, 100)),
    column_settings: optional(
      list(object({ align: optional(oneOf('left', 'center', 'right')), is_wrapped: optional(boolean) }), 0, 20),
    ),
  },
  cellCharacters,
)

export const dataTable = object(
  {
    block_id: id,
    caption: required(string()),
    rows: required(list(row, 2, 101)),
    page_size: optional(number(1, 100)),
    row_header_column_index: optional(number(0, 19)),
  },
  (value, at, context) => {
    cellCharacters(value, at, context)
    const rows = Array.isArray(value.rows) ? value.rows.filter((one): one is JsonObject[] => Array.isArray(one)) : []
    if (rows.some((one) => one.length !== rows[0]?.length))
      addError(context, `${at}/rows`, 'rows must be of equal length')
    if (rows[0]?.some((one) => one?.type === 'rich_text'))
      addError(context, `${at}/rows/0`, 'rich_text is not allowed in the header row')
  },
)
