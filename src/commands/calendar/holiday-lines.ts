import { type Holiday, proposedHolidays, runsOf } from '../../core/calendar/holiday.js'
import type { HolidayLine, HolidayLineFault } from '../../core/calendar/holiday-lines.js'
import { foldWords, readDate } from '../../text/index.js'
import { vi } from '../../text/vi.js'

const { holiday: t } = vi

/** The holidays that the bot proposes for a year, with the names that are saved. */
export const proposedDays = (year: number): Holiday[] =>
  proposedHolidays(year).map(({ date, kind, reason }) => ({ date, kind, name: t.name(reason, kind) }))

/** Writes holidays as lines to edit; `readLines` parses them back to the same holidays. */
export const writeLines = (days: readonly Holiday[]): string =>
  runsOf(days)
    .map(({ from, to, kind, name }) => t.line(from, to, kind, name))
    .join('\n')

const DATE = String.raw`(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?)`

/** One date, or two with a dash or a word between them, then the name. */
const DAYS = new RegExp(
  `^(${DATE})(?:\\s*(?:[-\u2013\u2014]|\\s(\\p{L}+)\\s)\\s*(${DATE}))?(?![\\d/])[\\s:,;\u00b7\u2013-]*(.*)$`,
  'u',
)

const STARTS = new RegExp(`^${DATE}`)
const BULLET = /^[\s\u2022*+-]+/
const TO = ['den', 'toi', 'to']

/** Reads typed lines, one for each day or span: `08/02-14/02 …`; a working day at a weekend begins with *làm bù*. */
export function readLines(text: string, year: number): { lines: HolidayLine[]; faults: HolidayLineFault[] } {
  const lines: HolidayLine[] = []
  const faults: HolidayLineFault[] = []
  for (const [i, typed] of text.split(/\r\n|\r|\n/).entries()) {
    const line = i + 1
    if (typed.trim() === '') continue
    const { kind, rest } = kindOf(typed.replace(BULLET, '').trim())
    const found = DAYS.exec(rest)
    // A second date in place of the name: the day would be lost silently.
    if (!found || (found[2] && !TO.includes(foldWords(found[2]))) || STARTS.test(found[4] ?? '')) {
      faults.push({ line, what: 'noDate', word: typed.trim() })
      continue
    }
    const [, first = '', , last = first, name = ''] = found
    const [from, to] = [readDate(first, year), readDate(last, year)]
    if (from && to) lines.push({ line, from, to, kind, name: name.trim() })
    else faults.push({ line, what: 'date', word: from ? last : first })
  }
  return { lines, faults }
}

const KINDS: Record<string, Holiday['kind']> = { 'lam bu': 'work', lambu: 'work', lam: 'work', work: 'work' }
const OFF = ['nghi bu', 'nghi', 'off']

/** The kind that a line begins with (off where it names none), and the rest of the line. */
function kindOf(line: string): { kind: Holiday['kind']; rest: string } {
  const words = line.split(/[\s:]+/)
  for (const n of [2, 1]) {
    const head = foldWords(words.slice(0, n).join(' '))
    const kind = KINDS[head] ?? (OFF.includes(head) ? 'off' : undefined)
    if (kind) return { kind, rest: line.replace(new RegExp(`^(?:[^\\s:]+[\\s:]*){${n}}`), '') }
  }
  return { kind: 'off', rest: line }
}

/** The kind named in a cell of a file: `off`, `work`, *nghỉ*, *làm bù*; undefined for anything else. */
export function kindOfCell(cell: string): Holiday['kind'] | undefined {
  const { kind, rest } = kindOf(cell.trim())
  return rest === '' && cell.trim() !== '' ? kind : undefined
}
