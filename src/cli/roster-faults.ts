import { type RosterColumn, type RosterFault, rosterColumns } from '../core/setup/roster.js'
import { fold } from '../text/index.js'
import { type TableCellKey, type TableFileKey, tableText } from '../text/vi/cli/table.js'
import { type RosterSentenceParams, rosterText } from '../text/vi/setup/roster.js'
import { nearest } from './nearest.js'
import type { TableRow } from './roster-table.js'
import type { FileFault } from './table/table.js'

export interface RosterFileFault {
  /** From 1; absent for a fault of the whole file. */
  line?: number
  column?: string
  key: RosterFault['key'] | TableFileKey | TableCellKey
  params: RosterSentenceParams
  /** The Vietnamese sentence, with the fault's place. */
  sentence: string
}

/** Different values of a column with the same fault that get a sentence each. */
const EXAMPLES = 5

export function faultOfFile({ key, line, names = [] }: FileFault, fileName: string): RosterFileFault {
  const sentence = tableText.file[key](names)
  const placed = line === undefined ? rosterText.ofFile(fileName, sentence) : rosterText.at(line, undefined, sentence)
  return { line, key, params: {}, sentence: placed }
}

/**
 * The sentences about faults of rows. A cell that Excel has changed, or whose formula has no result, is what is wrong with it,
 * whatever else its text lacks. The same fault with the same value is told once with the number of its rows; of many different
 * values in one column the first five are told, and one sentence says where the others are.
 */
export function tellFaults(faults: readonly RosterFault[], rows: readonly TableRow[]): RosterFileFault[] {
  const told = new Map<string, Told[]>()
  for (const fault of tellable(faults, rows)) {
    const kinds = told.get(`${fault.column}\n${fault.key}`) ?? []
    told.set(`${fault.column}\n${fault.key}`, kinds)
    const same = kinds.find((k) => k.said === fault.said)
    if (same) same.lines.push(fault.line)
    else kinds.push({ ...fault, lines: [fault.line] })
  }
  return [...told.values()].flatMap(sentencesOf).sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || place(a) - place(b))
}

interface Tellable {
  line: number
  column?: RosterColumn
  key: RosterFault['key'] | TableCellKey
  params: RosterSentenceParams
  /** The sentence without its place. */
  said: string
}
type Told = Tellable & { lines: number[] }

function tellable(faults: readonly RosterFault[], rows: readonly TableRow[]): Tellable[] {
  const odd = rows.flatMap((row) =>
    rosterColumns.flatMap((column): Tellable[] => {
      const odd = row.odd[column]
      // A formula that gives nothing is a fault where something is needed.
      const isNeeded = odd !== 'blank' || faults.some((f) => f.line === row.line && f.column === column)
      if (!odd || !isNeeded) return []
      const what = odd === 'blank' ? 'formula' : odd
      const value = row.raw[column] ?? ''
      return [
        { line: row.line, column, key: `cell.${what}`, params: { value }, said: tableText.cell[`cell.${what}`](value) },
      ]
    }),
  )
  const isOdd = new Set(odd.map((o) => `${o.line} ${o.column}`))
  const others = faults
    .filter((f) => !isOdd.has(`${f.line} ${f.column}`))
    .map(({ line, column, key, params }): Tellable => {
      const all = { ...params, suggestion: suggestionFor(key, params.value ?? '', params.allowed ?? []) }
      return { line, column, key, params: all, said: rosterText.faults[key](all) }
    })
  return [...odd, ...others]
}

function sentencesOf(kinds: readonly Told[]): RosterFileFault[] {
  const told = kinds.slice(0, EXAMPLES).map(({ lines, said, ...fault }) => ({
    line: fault.line,
    column: fault.column,
    key: fault.key,
    params: fault.params,
    sentence: rosterText.at(fault.line, fault.column, said, lines.length - 1),
  }))
  const [next, ...others] = kinds.slice(EXAMPLES)
  if (!next) return told
  const lines = [next, ...others].flatMap((kind) => kind.lines)
  const { column, key } = next
  return [...told, { line: next.line, column, key, params: {}, sentence: rosterText.more(lines, column) }]
}

const columns: readonly string[] = rosterColumns
const place = (fault: RosterFileFault): number => columns.indexOf(fault.column ?? '')

function suggestionFor(key: RosterFault['key'], value: string, allowed: readonly string[]): string | undefined {
  const words: Record<string, string> =
    key === 'roster.role_unknown' ? rosterText.roleWords : key === 'roster.kind_unknown' ? rosterText.kindWords : {}
  const meant = Object.hasOwn(words, fold(value)) ? words[fold(value)] : undefined
  return meant ?? nearest(value, allowed)
}
