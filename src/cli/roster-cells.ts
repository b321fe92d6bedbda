import { parse } from 'csv-parse/sync'
import type { CellValue } from 'exceljs'
import { cleanCell, type RosterColumn, type RosterRow, rosterColumns } from '../core/setup/roster.js'
import type { RosterFileKey } from '../text/vi/setup/roster.js'

/** A line of a file as cells, with its number as an editor or Excel shows it, from 1. */
export interface Line {
  line: number
  cells: string[]
}
/** Why a file cannot be read at all. */
export interface FileFault {
  key: RosterFileKey
  line?: number
}
export interface Header {
  line: number
  columns: (RosterColumn | undefined)[]
}

/** UTF-8, or UTF-16 where a byte order mark says so; undefined for anything else, such as Windows-1258. */
export function decode(bytes: Uint8Array): string | undefined {
  const [a, b] = bytes
  const encoding = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : 'utf-8'
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes)
    // UTF-16 without its mark passes as UTF-8 full of NULs.
    return text.includes('\0') ? undefined : text
  } catch {
    return undefined
  }
}

/**
 * CSV as lines. Vietnamese Excel separates by `;`, others by `,` or a tab: the one under which the header is found is right.
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

/** CSV as lines, by one delimiter. */
export function csvLinesBy(text: string, delimiter: string): { lines: Line[] } | { fault: FileFault } {
  try {
    const records = parse(text, {
      delimiter,
      info: true,
      relax_column_count: true,
      relax_quotes: true,
    }) as unknown as { record: string[]; info: { lines: number } }[]
    // `info.lines` is the line on which a record ends; a quoted cell may hold line breaks.
    const lines = records.map(({ record }, i) => ({ line: (records[i - 1]?.info.lines ?? 0) + 1, cells: record }))
    return { lines }
  } catch (error) {
    const { lines } = error as { lines?: number }
    return { fault: { key: 'file.quote_open', line: lines ?? 1 } }
  }
}

/** The first sheet of a workbook as lines; exceljs (which is large) is loaded only here. */
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

/** What a cell shows: of a formula its result, of a link or rich text its words. */
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

/** The first line that names at least three of the columns: titles may stand above it, other columns beside it. */
export function findHeader(lines: readonly Line[]): Header | undefined {
  for (const { line, cells } of lines) {
    const columns = cells.map(columnOf)
    if (new Set(columns.filter(Boolean)).size >= 3) return { line, columns }
  }
  return undefined
}

/** The rows under the header; blank lines are passed over. A column that the header lacks is absent from `raw`. */
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
