import { kindOfCell } from '../commands/calendar/holiday-lines.js'
import type { Holiday } from '../core/calendar/holiday.js'
import { HOLIDAY_YEARS, hasHolidays } from '../core/calendar/holiday.js'
import { daysOf, type HolidayLine, type HolidayLineFault } from '../core/calendar/holiday-lines.js'
import { hasLostLetters } from '../core/setup/roster-cell.js'
import { fold, readDate } from '../text/index.js'
import { holiday } from '../text/vi/calendar/holiday.js'
import { tableText } from '../text/vi/cli/table.js'
import { csvLinesBy, decode } from './table/csv.js'
import { recode } from './table/recode.js'
import type { Line } from './table/table.js'

const { cli: t } = holiday
type Column = 'date' | 'kind' | 'name'
const columns: Record<string, Column> = {
  date: 'date',
  ngay: 'date',
  kind: 'kind',
  loai: 'kind',
  name: 'name',
  ten: 'name',
}

/** A whole year of holidays. */
export interface HolidayYear {
  year: number
  days: Holiday[]
}

/**
 * Parses a table of holidays: .csv in UTF-8 with the columns `date,kind,name` (also in Vietnamese), dates as dd/MM/yyyy or
 * yyyy-mm-dd, kinds `off` or `work` (also in Vietnamese). Returns the years in it, in order, or every fault as a sentence, in
 * the order of the file.
 */
export function readHolidayFile(bytes: Uint8Array, fileName: string): { years: HolidayYear[] } | { faults: string[] } {
  const text = decode(bytes)
  if (text === undefined) return { faults: [t.notCsv(fileName)] }
  const read = tableOf(text)
  if (typeof read === 'number') return { faults: [t.quote(read)] }
  if (!read) return { faults: [t.noHeader(fileName)] }
  const garbled = garbledIn(read)
  if (garbled) return { faults: [`${fileName}: ${garbled}`] }
  const rows = read.map(({ line, cells }) => rowOf(line, cells))
  if (rows.length === 0) return { faults: [t.empty(fileName)] }
  const faults: HolidayLineFault[] = rows.flatMap((r) => ('what' in r ? [r] : []))
  const lines = rows.flatMap((r) => ('what' in r ? [] : [r]))
  const years: HolidayYear[] = []
  for (const year of [...new Set(lines.map((l) => Number(l.from.slice(0, 4))))].sort()) {
    const checked = daysOf(
      year,
      lines.filter((l) => l.from.startsWith(`${year}-`)),
    )
    if (checked.faults) faults.push(...checked.faults)
    else years.push({ year, days: checked.days })
  }
  if (faults.length > 0) return { faults: faults.sort((a, b) => a.line - b.line).map(t.rowFault) }
  const outside = years.find((y) => !hasHolidays(y.year))
  return outside ? { faults: [t.badYear(String(outside.year), HOLIDAY_YEARS.from, HOLIDAY_YEARS.to)] } : { years }
}

/** The sentence about names that were saved in an encoding that is not Unicode; undefined when none was. */
function garbledIn(rows: readonly Row[]): string | undefined {
  const names = rows.map((row) => ({ text: row.cells.name }))
  const lost = names.find((name) => hasLostLetters(name.text))
  if (lost) return tableText.lettersLost(lost.text)
  const { texts, encoding } = recode(names)
  const at = texts.findIndex((text, i) => text !== names[i]?.text)
  const [before, after] = [names[at]?.text, texts[at]]
  if (encoding === undefined || before === undefined || after === undefined) return undefined
  return tableText.oldEncoding(encoding, before, after)
}

interface Row {
  line: number
  cells: Record<Column, string>
}

/** The rows under the header; the line number of a quote that is never closed; undefined when there is no header. */
function tableOf(text: string): Row[] | number | undefined {
  let quoteLine: number | undefined
  for (const delimiter of [',', ';', '\t']) {
    const read = csvLinesBy(text, delimiter)
    if ('fault' in read) {
      quoteLine ??= read.fault.line
      continue
    }
    const at = read.lines.findIndex((l) => new Set(l.cells.map(columnOf).filter(Boolean)).size === 3)
    if (at >= 0) return rowsUnder(read.lines.slice(at))
  }
  return quoteLine
}

const columnOf = (cell: string): Column | undefined => columns[fold(cell)]

function rowsUnder([header, ...lines]: readonly Line[]): Row[] {
  const place = (column: Column) => header?.cells.findIndex((c) => columnOf(c) === column) ?? -1
  const at = { date: place('date'), kind: place('kind'), name: place('name') }
  return lines
    .filter((l) => l.cells.some((c) => c.trim() !== ''))
    .map(({ line, cells }) => {
      const cell = (column: Column) => (cells[at[column]] ?? '').normalize('NFC').replace(/\s+/g, ' ').trim()
      return { line, cells: { date: cell('date'), kind: cell('kind'), name: cell('name') } }
    })
}

function rowOf(line: number, { date, kind, name }: Row['cells']): HolidayLine | HolidayLineFault {
  const known = kindOfCell(kind)
  // `readDate` would complete a date without a year.
  const on = /\d{4}/.test(date) ? readDate(date, 0) : undefined
  if (!on) return { line, what: 'date', word: date }
  if (!known) return { line, what: 'kind', word: kind }
  return { line, from: on, to: on, kind: known, name }
}
