import { kindOfCell } from '../commands/calendar/holiday-lines.js'
import type { Holiday } from '../core/calendar/holiday.js'
import { HOLIDAY_YEARS, hasHolidays } from '../core/calendar/holiday.js'
import { daysOf, type HolidayLine, type HolidayLineFault } from '../core/calendar/holiday-lines.js'
import { fold, readDate } from '../text/index.js'
import { holiday } from '../text/vi/calendar/holiday.js'
import { csvLinesBy, decode, type Line } from './roster-cells.js'

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

export interface YearOfFile {
  year: number
  days: Holiday[]
}

/**
 * Reads a table of holidays, .csv in UTF-8 with the columns `date,kind,name`: dates as dd/MM/yyyy or yyyy-mm-dd, kinds
 * `off` or `work`, or in Vietnamese. Gives each year in it, whole, or every fault as a sentence, in the order of the file.
 */
export function readHolidayFile(bytes: Uint8Array, fileName: string): { years: YearOfFile[] } | { faults: string[] } {
  const text = decode(bytes)
  if (text === undefined) return { faults: [t.notCsv(fileName)] }
  const read = tableOf(text)
  if (typeof read === 'number') return { faults: [t.quote(read)] }
  if (!read) return { faults: [t.noHeader(fileName)] }
  const rows = read.map(({ line, cells }) => rowOf(line, cells))
  if (rows.length === 0) return { faults: [t.empty(fileName)] }
  const faults: HolidayLineFault[] = rows.flatMap((r) => ('what' in r ? [r] : []))
  const lines = rows.flatMap((r) => ('what' in r ? [] : [r]))
  const years: YearOfFile[] = []
  for (const year of [...new Set(lines.map((l) => Number(l.from.slice(0, 4))))].sort()) {
    const checked = daysOf(
      year,
      lines.filter((l) => l.from.startsWith(`${year}-`)),
    )
    if (checked.faults) faults.push(...checked.faults)
    else years.push({ year, days: checked.days })
  }
  if (faults.length > 0) return { faults: faults.sort((a, b) => a.line - b.line).map(t.rowFault) }
  const far = years.find((y) => !hasHolidays(y.year))
  return far ? { faults: [t.badYear(String(far.year), HOLIDAY_YEARS.from, HOLIDAY_YEARS.to)] } : { years }
}

interface Row {
  line: number
  cells: Record<Column, string>
}

/** The rows under the header; the line of a quote that is never closed; undefined where no line is the header. */
function tableOf(text: string): Row[] | number | undefined {
  let broken: number | undefined
  for (const delimiter of [',', ';', '\t']) {
    const read = csvLinesBy(text, delimiter)
    if ('fault' in read) {
      broken ??= read.fault.line
      continue
    }
    const at = read.lines.findIndex((l) => new Set(l.cells.map(columnOf).filter(Boolean)).size === 3)
    if (at >= 0) return rowsUnder(read.lines.slice(at))
  }
  return broken
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
  // A date without its year would be read as one of some year or other.
  const on = /\d{4}/.test(date) ? readDate(date, 0) : undefined
  if (!on) return { line, what: 'date', word: date }
  if (!known) return { line, what: 'kind', word: kind }
  return { line, from: on, to: on, kind: known, name }
}
