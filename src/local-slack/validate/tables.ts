/** Table and data table: https://docs.slack.dev/reference/block-kit/blocks/data-table-block and …/table-block */
import { boolean, byType, type Check, fault, list, may, need, number, type Obj, oneOf, shape, string } from './check.js'
import { richText } from './rich-text.js'

const CELLS: Record<string, Check> = {
  raw_text: shape({ text: need(string()) }),
  raw_number: shape({ value: need(number()), text: need(string()) }),
  rich_text: richText,
}

const cell = byType(CELLS, () => Object.keys(CELLS), 'cell of a table')
const row = list(cell, 1, 20)
const id = may(string(255))
const MAX_CELL_CHARACTERS = 10_000

/** Characters of everything that is read as text inside a value. */
export function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + textLength(item), 0)
  if (typeof value !== 'object' || value === null) return 0
  return Object.entries(value).reduce(
    (sum, [key, item]) => sum + (key === 'text' && typeof item === 'string' ? item.length : textLength(item)),
    0,
  )
}

const cellCharacters = (value: Obj, at: string, context: Parameters<Check>[2]) => {
  if (textLength(value.rows) > MAX_CELL_CHARACTERS)
    fault(context, `${at}/rows`, `the cells must be less than ${MAX_CELL_CHARACTERS + 1} characters in all`)
}

export const table = shape(
  {
    block_id: id,
    rows: need(list(row, 1, 100)),
    column_settings: may(
      list(shape({ align: may(oneOf('left', 'center', 'right')), is_wrapped: may(boolean) }), 0, 20),
    ),
  },
  cellCharacters,
)

export const dataTable = shape(
  {
    block_id: id,
    caption: need(string()),
    rows: need(list(row, 2, 101)),
    page_size: may(number(1, 100)),
    row_header_column_index: may(number(0, 19)),
  },
  (value, at, context) => {
    cellCharacters(value, at, context)
    const rows = Array.isArray(value.rows) ? value.rows.filter((one): one is Obj[] => Array.isArray(one)) : []
    if (rows.some((one) => one.length !== rows[0]?.length)) fault(context, `${at}/rows`, 'rows must be of equal length')
    if (rows[0]?.some((one) => one?.type === 'rich_text'))
      fault(context, `${at}/rows/0`, 'rich_text is not allowed in the header row')
  },
)
