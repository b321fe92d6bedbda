import { type RosterColumn, type RosterRow, rosterColumns } from '../core/setup/roster.js'
import { cleanCell } from '../core/setup/roster-cell.js'
import { fold } from '../text/index.js'
import { rosterText } from '../text/vi/setup/roster.js'
import { decodeAs, oldEncodings } from './table/old-encodings.js'
import { ASCII_ONLY } from './table/one-byte.js'
import { hasContent, type Line, type OddCell } from './table/table.js'

/** Where the columns of a roster are. */
export interface Header {
  /** The last line of the header. */
  line: number
  /** Indexes of cells; a name may be split over several. */
  places: Partial<Record<RosterColumn, number[]>>
  /** Its cells, by which it is recognised where it is repeated on each page. */
  cells: string[]
}

/** A row of the roster with what its cells hold besides text. */
export interface TableRow extends RosterRow {
  odd: Partial<Record<RosterColumn, OddCell>>
  fonts: Partial<Record<RosterColumn, string>>
}

export interface TableRows {
  rows: TableRow[]
  /** Lines that are of nobody: headings of groups, totals, signatures. */
  skipped: number[]
  /** Lines whose unit is the one of the line above. */
  unitsFromAbove: number[]
}

type Part = 'family' | 'given'
const ENOUGH = 3
const unitColumns = ['unit_code', 'unit_name', 'unit_kind'] as const

/** The first line with at least three names of columns; there may be titles above it and unknown columns in it. */
export function findHeader(lines: readonly Line[]): Header | undefined {
  const at = lines.findIndex((line) => Object.keys(placesIn(line)).length >= ENOUGH)
  const line = lines[at]
  if (!line) return undefined
  const header: Header = { line: line.line, places: placesIn(line), cells: line.cells }
  // A header of two lines: cells that are merged downwards stand in the first, parts of a group in the second.
  const above = lines[at - 1]
  const below = lines[at + 1]
  if (above) addMissing(header, placesIn(above))
  if (below && !below.cells.some((cell) => cell.includes('@')) && addMissing(header, placesIn(below)))
    header.line = below.line
  return header
}

/** Adds columns that the header lacks, at places that it does not use; returns whether there were any. */
function addMissing(header: Header, more: Header['places']): boolean {
  const used = new Set(Object.values(header.places).flat())
  const missing = rosterColumns.filter((c) => !header.places[c] && more[c]?.every((index) => !used.has(index)))
  for (const column of missing) header.places[column] = more[column]
  return missing.length > 0
}

function placesIn({ cells, spans }: Line): Header['places'] {
  const best = new Map<RosterColumn, { rank: number; at: number[] }>()
  const parts: Partial<Record<Part, number>> = {}
  cells.forEach((cell, index) => {
    const word = wordOf(cell)
    if (word === undefined) return
    const { column, rank, part } = word
    if (part) parts[part] ??= index
    const known = column && best.get(column)
    if (column && (!known || rank < known.rank))
      best.set(column, { rank, at: Array.from({ length: spans?.get(index) ?? 1 }, (_, i) => index + i) })
  })
  if (!best.has('full_name') && parts.family !== undefined && parts.given !== undefined)
    best.set('full_name', { rank: 0, at: [parts.family, parts.given] })
  return Object.fromEntries([...best].map(([column, { at }]) => [column, at]))
}

/** The column that a cell of a header names, perhaps in an old encoding. */
function wordOf(cell: string): { column?: RosterColumn; part?: Part; rank: number } | undefined {
  if (cell === '' || cell.length > 100) return undefined
  // Notes in brackets and signs of duty do not count: “Email (công vụ) *”.
  const written = cell.replace(/\([^)]*\)/g, ' ')
  const decoded = ASCII_ONLY.test(written) ? [] : oldEncodings.map((encoding) => decodeAs(encoding, written))
  for (const read of [cleanCell(written), ...decoded]) {
    const word = read === undefined ? '' : fold(read)
    if (word === '') continue
    for (const column of rosterColumns) {
      const rank = rosterText.columnWords[column].indexOf(word)
      if (rank >= 0) return { column, rank }
    }
    for (const part of ['family', 'given'] as const)
      if (rosterText.nameParts[part].includes(word)) return { part, rank: 0 }
  }
  return undefined
}

/**
 * The rows under the header, without blank lines and lines that are of nobody. `raw` has no entry for a column that the header
 * lacks. A row that names a person and no unit has the unit of the row above, as merged cells do when they are saved as CSV.
 */
export function rowsUnder(header: Header, lines: readonly Line[]): TableRows {
  const found: TableRows = { rows: [], skipped: [], unitsFromAbove: [] }
  const under = lines.filter((l) => l.line > header.line && hasContent(l))
  const read = under.map((line) => rowOf(header, line))
  const last = read.findLastIndex((row) => row.raw.email?.includes('@'))
  read.forEach((row, index) => {
    if (isRepeated(header, under[index]) || (index === 0 && isNumbering(row))) return
    if (isOfNobody(row, index > last)) {
      found.skipped.push(row.line)
      return
    }
    const before = found.rows.at(-1)
    if (before && hasPerson(row) && unitColumns.every((c) => row.raw[c] !== undefined && isBlank(row, c))) {
      for (const column of unitColumns) {
        row.raw[column] = before.raw[column] ?? ''
        if (before.fonts[column]) row.fonts[column] = before.fonts[column]
      }
      found.unitsFromAbove.push(row.line)
    }
    found.rows.push(row)
  })
  return found
}

function rowOf(header: Header, { line, cells, odd, fonts }: Line): TableRow {
  const row: TableRow = { line, raw: {}, odd: {}, fonts: {} }
  for (const column of rosterColumns) {
    const places = header.places[column]
    if (!places) continue
    row.raw[column] = places
      .map((index) => cells[index] ?? '')
      .filter((part, i) => i === 0 || part !== '')
      .join(' ')
    const first = places[0] ?? 0
    const what = places.map((index) => odd?.get(index)).find(Boolean)
    if (what) row.odd[column] = what
    const font = fonts?.get(first)
    if (font) row.fonts[column] = font
  }
  return row
}

const isBlank = (row: TableRow, column: RosterColumn): boolean =>
  cleanCell(row.raw[column] ?? '') === '' && !isOdd(row.odd[column])

const isOdd = (what: OddCell | undefined): boolean => what !== undefined && what !== 'blank'

const hasPerson = (row: TableRow): boolean => !isBlank(row, 'full_name') || !isBlank(row, 'email')

/** Whether a line is the header again, at the top of a further page. */
const isRepeated = (header: Header, line: Line | undefined): boolean =>
  Object.values(header.places)
    .flat()
    .filter((index) => header.cells[index] && header.cells[index] === line?.cells[index]).length >= ENOUGH

/** A line of numbers or letters of the columns under the header: (1), (2), (3) or A, B, 1, 2. */
function isNumbering({ raw }: TableRow): boolean {
  const cells = Object.values(raw).map(cleanCell)
  return cells.length >= ENOUGH && cells.every((cell) => /^\(?(\d{1,2}|[A-Z])\)?$/i.test(cell))
}

/**
 * Whether a line can be of no person: a heading, a total, a signature. It has no address, role or kind of unit, and at most two
 * cells; three under the last address, where signatures stand side by side.
 */
function isOfNobody(row: TableRow, isUnderAll: boolean): boolean {
  const filled = rosterColumns.filter((column) => !isBlank(row, column))
  if (Object.values(row.odd).some(isOdd) || filled.some((column) => row.raw[column]?.includes('@'))) return false
  if (filled.length > (isUnderAll ? 3 : 2)) return false
  return !isWord(row.raw.unit_kind, rosterText.kindWords) && !isRole(row.raw.role, isUnderAll)
}

/** The title under which somebody signs is written in capitals. */
function isRole(cell: string | undefined, isUnderAll: boolean): boolean {
  return isWord(cell, rosterText.roleWords) && !(isUnderAll && cell === cell?.toUpperCase())
}

/** Whether a cell holds a role or a kind of unit, or a word for one. */
function isWord(cell: string | undefined, words: Record<string, string>): boolean {
  const word = fold(cell ?? '')
  return Object.hasOwn(words, word) || Object.values(words).some((value) => fold(value) === word)
}
