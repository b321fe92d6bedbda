import { decodeAs, decodeViqr, type OldEncoding, oldEncodings } from './old-encodings.js'
import { isSyllable } from './syllable.js'

export interface CellText {
  text: string
  /** The font that the file names for it. */
  font?: string
}

export interface Recoded {
  /** In the order of the cells, converted where they were written in an old encoding. */
  texts: string[]
  /** What the converted cells were written in; undefined when nothing was converted. */
  encoding?: OldEncoding
  /** Indexes of cells that may be right or wrong as they are: nobody but a person can tell. */
  unsure: number[]
}

/** Letters of Vietnamese that no one-byte Western table has: who writes them writes Unicode. */
const BEYOND_LATIN_1 = /[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]/
const NOT_ASCII = /[^\0-\x7f]/
/** Signs that stand beside letters only where they stand for letters: `C\u00ac`, `\u00a7\u00b5o`, and unused control codes. */
const SIGN_AS_LETTER =
  /[\x80-\x9f]|\p{L}[\u00a1-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7]|[\u00a1-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7]\p{L}/u
/** Short forms in capitals, which are no syllables: `T\u0110KT`. */
const SHORT_FORM = /^[A-Z\u0102\u00c2\u0110\u00ca\u00d4\u01a0\u01af]{2,8}$/
/** A capital with a mark inside a word of small letters, as in `khÝ`. */
const CAPITAL_INSIDE = /\p{Ll}(?![A-Z])\p{Lu}/u

/**
 * Finds cells that are written in an encoding older than Unicode, or were decoded wrongly, and converts them. It goes by the
 * fonts `.Vn…` and `VNI-…`, and by whether the words become Vietnamese syllables that were none. `isUtf8`: whether the file
 * was; the cells of others are read as Windows-1252 and each is in doubt.
 */
export function recode(cells: readonly CellText[], isUtf8 = true): Recoded {
  const texts = cells.map((cell) => cell.text.normalize('NFC'))
  const byFont = cells.map((cell, i) => fromFont(texts[i] ?? '', cell.font))
  const isOdd = texts.map((text) => (isUtf8 ? isBroken(text) : NOT_ASCII.test(text)))
  const encoding = byFont.find((found) => found)?.encoding ?? mostLikely(texts, isOdd)
  if (!encoding) return { texts, unsure: isUtf8 ? [] : indexes(texts, (text) => NOT_ASCII.test(text)) }
  const hasUnicode = texts.some((text, i) => !isOdd[i] && !byFont[i] && BEYOND_LATIN_1.test(text))
  const unsure: number[] = []
  const converted = texts.map((text, i) => {
    const found = byFont[i]
    if (found) return found.text
    if (!isOdd[i] && BEYOND_LATIN_1.test(text)) return text
    const read = encoding === 'viqr' ? decodeViqr(text) : decodeAs(encoding, text)
    if (read === undefined || (encoding === 'viqr' && isBroken(read))) {
      // Letters of Unicode prove a foreign name, except where bytes of a letter were lost on the way.
      if (isOdd[i] && (encoding === 'utf8' || !BEYOND_LATIN_1.test(text))) unsure.push(i)
      return text
    }
    // Right as it is, and right when converted: told apart by the cells around it, unless they are of both sorts.
    // What decodes as UTF-8 is no accident.
    if (!isOdd[i] && hasUnicode && read !== text && encoding !== 'utf8') unsure.push(i)
    return read
  })
  return { texts: converted, encoding, unsure }
}

/** The old encoding that explains most of the cells that cannot be right; undefined when none explains any. */
function mostLikely(texts: readonly string[], isOdd: readonly boolean[]): OldEncoding | undefined {
  let best: { encoding: OldEncoding; votes: number } | undefined
  const odd = new Set(texts.filter((_, i) => isOdd[i]))
  const different = [...new Set(texts)]
  for (const encoding of oldEncodings) {
    const votes = different.filter((text) => {
      if (!odd.has(text) && encoding !== 'viqr') return false
      const read = decodeAs(encoding, text)
      return read !== undefined && NOT_ASCII.test(read) && !isBroken(read)
    }).length
    // VIQR is plain ASCII: one cell may be chance.
    if (votes > (best?.votes ?? (encoding === 'viqr' ? 1 : 0))) best = { encoding, votes }
  }
  return best?.encoding
}

/** Cells in a font that draws Vietnamese by another table show converted text, capitals in those that end in H. */
function fromFont(text: string, font = ''): { text: string; encoding: OldEncoding } | undefined {
  const encoding = /^\.vn/i.test(font) ? 'tcvn3' : /^vni[- ]/i.test(font) ? 'vni' : undefined
  if (!encoding || BEYOND_LATIN_1.test(text)) return undefined
  const read = decodeAs(encoding, text)
  if (read === undefined || isBroken(read)) return undefined
  return { encoding, text: encoding === 'tcvn3' && /h$/i.test(font) ? read.toUpperCase() : read }
}

/** Whether a text cannot be Vietnamese as it is. */
function isBroken(text: string): boolean {
  if (!NOT_ASCII.test(text)) return false
  if (SIGN_AS_LETTER.test(text) || /\p{L}\u00ad\p{L}/u.test(text)) return true
  const words = text.match(/[\p{L}\p{M}]+/gu) ?? []
  return words.some(
    (word) => NOT_ASCII.test(word) && !SHORT_FORM.test(word) && (CAPITAL_INSIDE.test(word) || !isSyllable(word)),
  )
}

function indexes(texts: readonly string[], is: (text: string) => boolean): number[] {
  return texts.flatMap((text, i) => (is(text) ? [i] : []))
}
