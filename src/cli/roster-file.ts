import { checkRoster, type Roster, type RosterFault, rosterColumns } from '../core/setup/roster.js'
import { fold } from '../text/index.js'
import { type RosterFileKey, type RosterSentenceParams, rosterText } from '../text/vi/setup/roster.js'
import { nearest } from './nearest.js'
import { csvLines, decode, type FileFault, findHeader, type Line, rowsUnder, xlsxLines } from './roster-cells.js'

export interface RosterFileFault {
  /** From 1; absent for a fault of the whole file. */
  line?: number
  column?: string
  key: RosterFault['key'] | RosterFileKey
  params: RosterSentenceParams
  /** The Vietnamese sentence, with the fault's place. */
  sentence: string
}

/**
 * Parses and validates a roster, .csv or .xlsx (detected from its bytes; `fileName` is only for the sentences). Returns the
 * roster, or every fault in the order of the file. No file content makes it throw.
 */
export async function readRoster(
  bytes: Uint8Array,
  fileName: string,
): Promise<{ roster: Roster } | { faults: RosterFileFault[] }> {
  const read = await linesOf(bytes)
  if ('fault' in read) return { faults: [ofFile(read.fault, fileName)] }
  const header = findHeader(read.lines)
  if (!header) return { faults: [ofFile({ key: 'file.no_header' }, fileName)] }
  const rows = rowsUnder(header, read.lines)
  const missing = rosterColumns.filter((column) => !header.columns.includes(column))
  const checked = checkRoster(rows)
  if ('roster' in checked) return checked
  // `checkRoster` sees only rows; a missing column is reported once, for the header's line, even without rows.
  const faults = checked.faults.filter((f) => f.key !== 'roster.column_missing')
  const ofHeader: RosterFault[] = missing.map((column) => ({
    line: header.line,
    column,
    key: 'roster.column_missing',
    params: {},
  }))
  return { faults: [...ofHeader, ...faults].map(withSentence) }
}

async function linesOf(bytes: Uint8Array): Promise<{ lines: Line[] } | { fault: FileFault }> {
  const startsWith = (...magic: number[]) => magic.every((byte, i) => bytes[i] === byte)
  if (startsWith(0x50, 0x4b, 0x03, 0x04)) return xlsxLines(bytes)
  if (startsWith(0xd0, 0xcf, 0x11, 0xe0)) return { fault: { key: 'file.old_excel' } }
  const text = decode(bytes)
  return text === undefined ? { fault: { key: 'file.not_utf8' } } : csvLines(text)
}

function ofFile({ key, line }: FileFault, fileName: string): RosterFileFault {
  const sentence = rosterText.file[key]
  const placed = line === undefined ? rosterText.ofFile(fileName, sentence) : rosterText.at(line, undefined, sentence)
  return { line, key, params: {}, sentence: placed }
}

function withSentence({ line, column, key, params }: RosterFault): RosterFileFault {
  const all: RosterSentenceParams = {
    ...params,
    suggestion: suggestionFor(key, params.value ?? '', params.allowed ?? []),
  }
  return { line, column, key, params: all, sentence: rosterText.at(line, column, rosterText.faults[key](all)) }
}

function suggestionFor(key: RosterFault['key'], value: string, allowed: readonly string[]): string | undefined {
  const words: Record<string, string> =
    key === 'roster.role_unknown' ? rosterText.roleWords : key === 'roster.kind_unknown' ? rosterText.kindWords : {}
  const meant = Object.hasOwn(words, fold(value)) ? words[fold(value)] : undefined
  return meant ?? nearest(value, allowed)
}
