import { CsvError, parse } from 'csv-parse/sync'
import type { FileFault, Line } from './table.js'

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

/** Parses CSV with the delimiter under which the header is found: Vietnamese Excel writes `;`, others `,` or a tab. */
export function csvLines(
  text: string,
  hasHeader: (lines: readonly Line[]) => boolean,
): { lines: Line[] } | { fault: FileFault } {
  let last: { lines: Line[] } | { fault: FileFault } = { lines: [] }
  for (const delimiter of [',', ';', '\t', '|']) {
    const read = csvLinesBy(text, delimiter)
    if ('lines' in read && hasHeader(read.lines)) return read
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
      on_record(cells: string[], context) {
        lines.push(lineOf(end + 1, cells))
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

/** Columns that are read. */
const MAX_COLUMNS = 100

/** `="03"` is how a CSV keeps a zero in front from Excel; any other formula has no result in a CSV. */
function lineOf(line: number, cells: string[]): Line {
  const read: Line = {
    line,
    cells: cells.slice(0, MAX_COLUMNS).map((cell) => /^=\s*"([^"]*)"$/.exec(cell.trim())?.[1] ?? cell),
  }
  read.cells.forEach((cell, index) => {
    if (/^\s*=\S/.test(cell)) read.odd = (read.odd ?? new Map()).set(index, 'formula')
    if (/^#(N\/A|REF!|NAME\?|VALUE!|DIV\/0!|NULL!|NUM!)$/.test(cell.trim()))
      read.odd = (read.odd ?? new Map()).set(index, 'error')
  })
  return read
}
