import { CsvError, parse } from 'csv-parse/sync'
import type { CellValue } from 'exceljs'
import { cleanCell, type RosterColumn, type RosterRow, rosterColumns } from '../core/setup/roster.js'
import type { RosterFileKey } from '../text/vi/setup/roster.js'

/** A record of a file as cells, with its line number from 1, as an editor or Excel shows it. */
export interface Line {
  line: number
  cells: string[]
}

/** Why a file cannot be parsed. */
export interface FileFault {
  key: RosterFileKey
  line?: number
}

export interface Header {
  line: number
  columns: (RosterColumn | undefined)[]
}

/** Decodes UTF-8, or UTF-16 with a byte order mark; undefined for other encodings, such as Windows-1258. */
export function decode(bytes: Uint8Array): string | undefined {
  const [a, b] = bytes
  const encoding = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : 'utf-8'
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    // UTF-16 without a byte order mark may be valid UTF-8 with NUL characters.
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}

/**
 * Parses a roster's CSV with the delimiter under which the header is found: Vietnamese Excel writes `;`, others `,` or a tab.
 */
export function csvLines(text: string): { lines: Line[] } | { fault: FileFault } {
  let last: { lines: Line[] } | { fault: FileFault } = { lines: [] }
  for (const delimiter of [',', ';', '\t']) {
    const read = csvLinesBy(text, delimiter)
    if ('lines' in read && findHeader(read.lines)) return read
    if (delimiter === ',' || 'fault' in read) last = read
  }
  return last
}

/** Parses CSV with one delimiter. */
export function csvLinesBy(text: string, delimiter: string): { lines: Line[] } | { fault: FileFault } {
  const lines: Line[] = []
  // The line on which the previous record ends; a quoted cell may hold line breaks.
  let end = 0
  try {
    parse(text, {
      delimiter,
      relax_column_count: true,
      relax_quotes: true,
      on_record(cells, context) {
        lines.push({ line: end + 1, cells })
        end = context.lines
        return null
      },
    })
    return { lines }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    return { fault: { key: 'file.quote_open', line: typeof error.lines === 'number' ? error.lines : 1 } }
  }
}

/** Parses the first sheet of a workbook. exceljs is large and loaded only here. */
export async function xlsxLines(bytes: Uint8Array): Promise<{ lines: Line[] } | { fault: FileFault }> {
  const { default: excel } = await import('exceljs')
  const book = new excel.Workbook()
  try {
    await book.xlsx.load(bytes.slice().buffer as ArrayBuffer)
  } catch {
    return { fault: { key: 'file.unreadable' } }
  }
  const lines: Line[] = []
  book.worksheets[0]?.eachRow((row, line) => {
    const cells = Array.from({ length: row.cellCount }, (_, i) => cellText(row.getCell(i + 1).value))
    lines.push({ line, cells })
  })
  return { lines }
}

/** The text that a cell shows: the result of a formula, the label of a link. */
function cellText(value: CellValue): string {
  if (value === null || value === undefined) return ''
  if (typeof value !== 'object') return String(value)
  if (value instanceof Date) return value.toISOString()
  if ('richText' in value) return value.richText.map((part) => part.text).join('')
  if ('hyperlink' in value) return cellText(value.text as CellValue)
  if ('result' in value) return cellText(value.result as CellValue)
  return 'error' in value ? value.error : ''
}

const columnOf = (cell: string): RosterColumn | undefined => {
  const name = cleanCell(cell).toLowerCase().replace(/[ -]/g, '_')
  return rosterColumns.find((column) => column === name)
}

/** The first line with at least three column names; there may be titles above it and unknown columns in it. */
export function findHeader(lines: readonly Line[]): Header | undefined {
  for (const { line, cells } of lines) {
    const columns = cells.map(columnOf)
    if (new Set(columns.filter(Boolean)).size >= 3) return { line, columns }
  }
  return undefined
}

/** The rows under the header without blank lines. `raw` has no entry for a column that the header lacks. */
export function rowsUnder(header: Header, lines: readonly Line[]): RosterRow[] {
  return lines
    .filter(({ line, cells }) => line > header.line && cells.some((cell) => cleanCell(cell) !== ''))
    .map(({ line, cells }) => {
      const raw: Record<string, string> = {}
      header.columns.forEach((column, i) => {
        if (column && raw[column] === undefined) raw[column] = cells[i] ?? ''
      })
      return { line, raw }
    })
}
