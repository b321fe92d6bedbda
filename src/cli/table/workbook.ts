import type { CellValue, MergeRange } from 'hucre'
import { type FileFault, hasContent, type Line, type OddCell, type Sheet } from './table.js'
import { type RawCell, type RawSheet, readInThread, type ThreadLimits } from './workbook-thread.js'
import { zipContents } from './zip-directory.js'

/** A roster of 1,000 people has 100 KB. */
export const MAX_FILE_BYTES = 20_000_000
/** Of all XML when unpacked: about 100,000 rows. */
const MAX_XML_BYTES = 50_000_000
const MAX_UNPACKED_BYTES = 200_000_000
/** Rows that are read, more than any college has people. Cells further down and to the right are skipped before they cost memory. */
export const MAX_ROWS = 20_000
const LAST_COLUMN = 'CV'
/** A workbook of 5,000 people takes half a second and 100 MB. */
const LIMITS: ThreadLimits = { milliseconds: 20_000, megabytes: 512 }

/**
 * Reads all sheets of an .xlsx or .xlsm workbook. Time and memory are bounded: by what the archive declares, before anything is
 * unpacked, and by the limits of the thread that reads it. No content makes it throw.
 */
export async function readWorkbook(
  bytes: Uint8Array,
  limits = LIMITS,
): Promise<{ sheets: Sheet[] } | { fault: FileFault }> {
  const zip = zipContents(bytes)
  if (!zip) return { fault: { key: 'file.unreadable' } }
  if (zip.isEncrypted) return { fault: { key: 'file.password' } }
  const other = otherFormat(zip.names)
  if (other) return { fault: other }
  if (zip.xmlBytes > MAX_XML_BYTES || zip.allBytes > MAX_UNPACKED_BYTES) return { fault: { key: 'file.too_large' } }
  const read = await readInThread(zip.bytes, `A1:${LAST_COLUMN}${MAX_ROWS + 1}`, limits)
  if (typeof read === 'string') return { fault: { key: `file.${read}` } }
  const sheets = read.map(sheetOf)
  const tooLong = sheets.find((sheet) => !sheet.isHidden && sheet.lines.some((l) => l.line > MAX_ROWS))
  return tooLong ? { fault: { key: 'file.too_many_rows', names: [tooLong.name] } } : { sheets }
}

/** What an archive is that is no .xlsx workbook; undefined for a workbook. */
function otherFormat(names: readonly string[]): FileFault | undefined {
  const has = (pattern: RegExp) => names.some((name) => pattern.test(name))
  if (has(/^xl\/workbook\.bin$/i)) return { key: 'file.other_format', names: ['.xlsb'] }
  if (has(/^xl\//i)) return undefined
  if (has(/^content\.xml$/i)) return { key: 'file.other_format', names: ['OpenDocument (.ods)'] }
  if (has(/\.iwa$/i)) return { key: 'file.other_format', names: ['Apple Numbers'] }
  if (has(/^word\//i)) return { key: 'file.no_table', names: ['Word (.docx)'] }
  return has(/^\[Content_Types\]\.xml$/i) ? undefined : { key: 'file.no_table', names: ['.zip'] }
}

function sheetOf(sheet: RawSheet): Sheet {
  const lines = Array.from(sheet.rows, (row = [], index): Line => {
    const line: Line = { line: index + 1, cells: [] }
    for (let column = 0; column < row.length; column++) {
      const { text, odd, font } = readCell(row[column] ?? null, sheet.cells.get(`${index},${column}`))
      line.cells.push(text)
      if (odd) line.odd = (line.odd ?? new Map()).set(column, odd)
      if (font) line.fonts = (line.fonts ?? new Map()).set(column, font)
    }
    return line
  })
  for (const merge of sheet.merges) spread(lines, merge)
  return {
    name: sheet.name,
    isHidden: sheet.isHidden,
    lines: lines.filter(hasContent),
  }
}

/** A merged area shows its first cell for all its rows; how many columns it covers is kept for the header. */
function spread(lines: readonly Line[], { startRow, endRow, startCol, endCol }: MergeRange): void {
  const first = lines[startRow]
  const value = first?.cells[startCol]
  if (!first || !value) return
  const odd = first.odd?.get(startCol)
  const font = first.fonts?.get(startCol)
  if (endCol > startCol) first.spans = (first.spans ?? new Map()).set(startCol, endCol - startCol + 1)
  for (const line of lines.slice(startRow + 1, endRow + 1)) {
    while (line.cells.length <= startCol) line.cells.push('')
    line.cells[startCol] = value
    if (odd) line.odd = (line.odd ?? new Map()).set(startCol, odd)
    if (font) line.fonts = (line.fonts ?? new Map()).set(startCol, font)
  }
}

interface Read {
  text: string
  odd?: OddCell
  font?: string
}

/** The text that a cell shows. A formula gives its stored result. */
function readCell(value: CellValue, cell: RawCell | undefined): Read {
  if (cell?.type === 'error') return { text: String(value ?? ''), odd: 'error' }
  if (value === null || value === undefined) return { text: '', odd: cell?.hasFormula ? 'formula' : undefined }
  if (value instanceof Date) return { text: shownDate(value), odd: 'date' }
  if (typeof value === 'number') return shownNumber(value, cell?.format ?? '')
  if (typeof value === 'boolean') return { text: value ? 'TRUE' : 'FALSE' }
  if (value === '' && cell?.hasFormula) return { text: '', odd: 'blank' }
  return { text: withLink(value, cell?.link), font: cell?.font }
}

/** A link to an address shows anything; the address is what is meant where the text is none. */
function withLink(text: string, target = ''): string {
  return /^mailto:[^@\s]+@/i.test(target) && !text.includes('@') ? (target.split('?')[0] ?? target) : text
}

/** Zeros in front are part of a code: 3 in the format `00` is 03. */
function shownNumber(value: number, format: string): Read {
  if (/E[+-]/i.test(format)) return { text: value.toExponential(2).toUpperCase(), odd: 'number' }
  const zeros = /^0{2,}$/.test(format) && Number.isInteger(value) ? format.length : 0
  return { text: String(value).padStart(zeros, '0') }
}

function shownDate(date: Date): string {
  if (Number.isNaN(date.getTime())) return ''
  const two = (n: number) => String(n).padStart(2, '0')
  return `${two(date.getUTCDate())}/${two(date.getUTCMonth() + 1)}/${date.getUTCFullYear()}`
}
