import type { TableFileKey } from '../../text/vi/cli/table.js'

/** A cell that shows something else than what a person typed. */
export type OddCell =
  /** A formula whose result the file does not hold: saved by a program that does not calculate. */
  | 'formula'
  /** A formula whose stored result is no text: perhaps meant, as in rows that are prepared for more people. */
  | 'blank'
  /** A date: Excel makes one of codes such as `K1-2`, and of `3-4`. */
  | 'date'
  /** A number with an exponent: Excel makes `1.00E+02` of the code `1E2`. */
  | 'number'
  /** `#N/A`, `#REF!`. */
  | 'error'

/** A record of a file as cells, with its line number from 1, as an editor or Excel shows it. */
export interface Line {
  line: number
  cells: string[]
  /** By index. */
  odd?: Map<number, OddCell>
  /** Names of fonts by index, where the file tells: `.VnTime` and `VNI-Times` are drawn by other code tables than Unicode. */
  fonts?: Map<number, string>
  /** Numbers of columns by index of cells that are merged across several. */
  spans?: Map<number, number>
}

/** A sheet of a workbook. */
export interface Sheet {
  name: string
  isHidden: boolean
  lines: Line[]
}

/** Why a file cannot be read. */
export interface FileFault {
  key: TableFileKey
  line?: number
  /** For the sentence: the name of a format, of sheets, of an encoding. */
  names?: string[]
}

/** Whether a line shows anything. */
export const hasContent = ({ cells, odd }: Line): boolean =>
  cells.some((cell) => cell.trim() !== '') || [...(odd?.values() ?? [])].some((what) => what !== 'blank')
