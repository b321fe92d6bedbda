import { checkRoster, type Roster, type RosterFault, rosterColumns } from '../core/setup/roster.js'
import { tableText } from '../text/vi/cli/table.js'
import { faultOfFile, type RosterFileFault, tellFaults } from './roster-faults.js'
import { findHeader, type Header, rowsUnder, type TableRow } from './roster-table.js'
import { csvLines, decode } from './table/csv.js'
import { formatOf } from './table/format.js'
import type { OldEncoding } from './table/old-encodings.js'
import { recode } from './table/recode.js'
import type { FileFault, Line, Sheet } from './table/table.js'
import { MAX_FILE_BYTES, MAX_ROWS, readWorkbook } from './table/workbook.js'

/** What a person should know of how a roster was read. */
export interface RosterNotes {
  /** The sheet that was read, when the workbook has several. */
  sheet?: string
  /** Texts that were converted from an old encoding, each once, before and after: a person must look at them. */
  converted?: { encoding: OldEncoding; changes: [before: string, after: string][] }
  /** Lines of the file that are of nobody. */
  skipped: number[]
  /** Lines whose unit was blank, and is the one of the line above. */
  unitsFromAbove: number[]
  /** Names that two people with different addresses share in one unit. */
  sameNames: string[]
}

export type RosterRead = { roster: Roster; notes: RosterNotes } | { faults: RosterFileFault[] }

/** Of CSV: about 50,000 rows. */
const MAX_TEXT_BYTES = 5_000_000
/** Columns whose text may be in an old encoding. */
const TEXT_COLUMNS = ['unit_code', 'unit_name', 'unit_kind', 'full_name', 'role'] as const

/**
 * Parses and validates a roster, .csv or .xlsx (detected from its bytes; `fileName` is only for the sentences). `sheetName`
 * chooses a sheet; otherwise the only visible one with a header is read. Returns the roster, or the faults in the order of the
 * file. No file content makes it throw.
 */
export async function readRoster(bytes: Uint8Array, fileName: string, sheetName?: string): Promise<RosterRead> {
  const read = await tableOf(bytes, sheetName)
  if ('fault' in read) return { faults: [faultOfFile(read.fault, fileName)] }
  const { header, lines, sheet } = read
  const { rows, skipped, unitsFromAbove } = rowsUnder(header, lines)
  const recoded = recodeRows(rows, read.isUtf8)
  if ('fault' in recoded) return { faults: [faultOfFile(recoded.fault, fileName)] }
  const checked = checkRoster(rows)
  const faults = faultsOf(header, rows, 'faults' in checked ? checked.faults : [])
  if (faults.length > 0 || 'faults' in checked) return { faults }
  const { converted } = recoded
  const notes = { sheet, converted, skipped, unitsFromAbove, sameNames: sameNames(checked.roster) }
  return { roster: checked.roster, notes }
}

interface Table {
  header: Header
  lines: Line[]
  isUtf8: boolean
  sheet?: string
}

async function tableOf(bytes: Uint8Array, sheetName?: string): Promise<Table | { fault: FileFault }> {
  const format = formatOf(bytes)
  if (typeof format !== 'string') return { fault: format }
  if (bytes.length > MAX_FILE_BYTES) return { fault: { key: 'file.too_large' } }
  if (format === 'zip') {
    const read = await readWorkbook(bytes)
    return 'fault' in read ? read : chooseSheet(read.sheets, sheetName)
  }
  if (bytes.length > MAX_TEXT_BYTES) return { fault: { key: 'file.too_large' } }
  const text = decode(bytes)
  // Windows-1252 has a character for every byte, from which an old encoding can be told.
  const read = csvLines(text ?? new TextDecoder('windows-1252').decode(bytes), (lines) => Boolean(findHeader(lines)))
  if (text === undefined && bytes.includes(0)) return { fault: { key: 'file.not_utf8' } }
  if ('fault' in read) return read
  if (read.lines.length > MAX_ROWS) return { fault: { key: 'file.too_large' } }
  const header = findHeader(read.lines)
  if (!header) return { fault: { key: text === undefined ? 'file.not_utf8' : 'file.no_header' } }
  return { header, lines: read.lines, isUtf8: text !== undefined }
}

/** The sheet that has been asked for, or the only visible one that has a roster; one with rows goes before one without. */
function chooseSheet(sheets: readonly Sheet[], asked?: string): Table | { fault: FileFault } {
  const names = (of: readonly { name: string }[]) => of.map((sheet) => sheet.name)
  const chosen = asked === undefined ? sheets : sheets.filter((s) => s.name.normalize('NFC') === asked.normalize('NFC'))
  if (chosen.length === 0 && asked !== undefined)
    return { fault: { key: 'file.no_sheet', names: [asked, ...names(sheets)] } }
  const found = chosen.flatMap((sheet) => {
    const header = findHeader(sheet.lines)
    return header ? [{ ...sheet, header, hasRows: rowsUnder(header, sheet.lines).rows.length > 0 }] : []
  })
  const visible = found.filter((sheet) => !sheet.isHidden || asked !== undefined)
  const filled = visible.filter((sheet) => sheet.hasRows)
  if (filled.length > 1) return { fault: { key: 'file.several_sheets', names: names(filled) } }
  const sheet = filled[0] ?? visible[0]
  if (sheet)
    return {
      header: sheet.header,
      lines: sheet.lines,
      isUtf8: true,
      sheet: sheets.length > 1 ? sheet.name : undefined,
    }
  if (found.length > 0) return { fault: { key: 'file.hidden_sheet', names: names(found) } }
  const seen = chosen.filter((s) => !s.isHidden)
  return { fault: { key: 'file.no_header', names: sheets.length > 1 ? names(seen) : [] } }
}

/** Converts texts in an old encoding, in place. */
function recodeRows(
  rows: readonly TableRow[],
  isUtf8: boolean,
): { converted?: RosterNotes['converted'] } | { fault: FileFault } {
  const cells = rows.flatMap((row) =>
    TEXT_COLUMNS.flatMap((column) => {
      const text = row.raw[column]
      return text === undefined ? [] : [{ row, column, text: text.normalize('NFC'), font: row.fonts[column] }]
    }),
  )
  const { texts, encoding, unsure } = recode(cells, isUtf8)
  const doubt = cells[unsure[0] ?? -1]
  if (!isUtf8 && !encoding && (unsure.length > 0 || rows.length === 0)) return { fault: { key: 'file.not_utf8' } }
  if (encoding && doubt) {
    const names = [tableText.encodings[encoding], doubt.text]
    return { fault: { key: 'file.mixed_encodings', line: doubt.row.line, names } }
  }
  const changes = new Map<string, string>()
  cells.forEach(({ row, column, text }, i) => {
    const read = texts[i] ?? text
    if (read !== text) changes.set(text, read)
    row.raw[column] = read
  })
  return { converted: encoding && changes.size > 0 ? { encoding, changes: [...changes] } : undefined }
}

/** `checkRoster` sees only rows; a missing column is reported once, for the header's line, even without rows. */
function faultsOf(header: Header, rows: readonly TableRow[], found: readonly RosterFault[]): RosterFileFault[] {
  const missing = rosterColumns
    .filter((column) => !header.places[column])
    .map((column): RosterFault => ({ line: header.line, column, key: 'roster.column_missing', params: {} }))
  const ofRows = found.filter((f) => f.key !== 'roster.column_missing')
  return tellFaults([...missing, ...ofRows], rows)
}

function sameNames({ people, roles }: Roster): string[] {
  const unitsOf = new Map<string, Set<string>>()
  for (const { email, unitCode } of roles) unitsOf.set(email, (unitsOf.get(email) ?? new Set()).add(unitCode))
  const seen = new Map<string, string>()
  const found: string[] = []
  for (const { fullName, email } of people)
    for (const unit of unitsOf.get(email) ?? []) {
      const key = `${unit}\n${fullName.toLowerCase()}`
      const other = seen.get(key)
      if (other) found.push(`${fullName} (${other}, ${email})`)
      else seen.set(key, email)
    }
  return [...new Set(found)]
}
