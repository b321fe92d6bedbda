/** Soft hyphens, zero-width characters, and marks of the direction of writing. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g
/** Full-width forms of ASCII, which keyboards for East Asian scripts write. */
const FULL_WIDTH = /[\uff01-\uff5e]/g

/**
 * Normalizes to NFC; drops invisible characters and control codes; makes full-width letters plain; collapses white space,
 * non-breaking included, to one space.
 */
export const cleanCell = (cell: string): string =>
  cell
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .replace(FULL_WIDTH, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()

/**
 * An e-mail address as meant: without `mailto:`, a display name before `<…>`, quotes around it, spaces at the `@`, and the dot,
 * comma or semicolon that ends a sentence or a list.
 */
export function cleanAddress(cell: string): string {
  const text = cleanCell(cell).toLowerCase()
  const inside = /<([^<>]*@[^<>]*)>/.exec(text)?.[1] ?? text
  return inside
    .replace(/^mailto:\s*/, '')
    .replace(/\?.*$/, '')
    .replace(/^["'\u2018-\u201f<([]+|["'\u2018-\u201f>)\],;.]+$/g, '')
    .replace(/\s*@\s*/g, '@')
    .trim()
}

/** The characters of an address that no address of ours has: letters with accents, look-alikes of other scripts, spaces. */
export const strangeLetters = (address: string): string =>
  [...new Set(cleanAddress(address).replace(/[\x21-\x7e]/g, ''))].join('')

const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|thg ?\\d{1,2})'
const DATE_OF_EXCEL = new RegExp(
  `^(?:\\d{1,2}[-/ ]${MONTH}(?:[-/ ]\\d{2,4})?|${MONTH}[-/ ]\\d{1,4}|\\d{1,2}/\\d{1,2}(?:/\\d{2,4})?|\\d{4}-\\d{2}-\\d{2}(?:t[\\d:.]+z?)?)$`,
  'i',
)
const NUMBER_OF_EXCEL = /^\d([.,]\d+)?E[+-]\d{2,3}$/i

/** Whether Excel has changed a code into a date (`1-Feb`, `01/02/2024`) or a number (`1.00E+02`) before the file was saved. */
export const isChangedCode = (code: string): boolean => DATE_OF_EXCEL.test(code) || NUMBER_OF_EXCEL.test(code)

/**
 * Whether a program has replaced letters that its encoding lacks: `Nguy?n`. The letters are gone. A question mark that ends a
 * word is one.
 */
export const hasLostLetters = (text: string): boolean => /\ufffd|\p{L}\?+\p{L}/u.test(text)
