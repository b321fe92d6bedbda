import { fromDoubleUtf8 } from './double-utf8.js'
import { ASCII_ONLY, bytesOf, windows1252 } from './one-byte.js'

/** How Vietnamese was written before Unicode, and what a text becomes that was decoded twice. */
export const oldEncodings = ['utf8', 'tcvn3', 'vni', 'cp1258', 'viqr'] as const
export type OldEncoding = (typeof oldEncodings)[number]

/** Punctuation of Windows-1252 that means the same in every one-byte table: quotes, dashes, bullet, ellipsis, non-breaking space. */
const PUNCTUATION = /[\u2013\u2014\u2018-\u201e\u2022\u2026\u00a0]/

/**
 * Reads `text` as if its characters were bytes of another encoding; undefined where that is impossible, and for plain ASCII,
 * which means the same in all of them (VIQR apart).
 */
export function decodeAs(encoding: OldEncoding, text: string): string | undefined {
  // Only a vowel with a mark of its own tells it from plain ASCII.
  if (encoding === 'viqr') return /[aeo]\^|a\(|[ou]\+/i.test(text) ? decodeViqr(text) : undefined
  if (ASCII_ONLY.test(text)) return undefined
  const decoded = { tcvn3: fromTcvn3, vni: fromVni, utf8: fromDoubleUtf8, cp1258: fromWindows1258 }[encoding](text)
  return decoded?.normalize('NFC')
}

/** TCVN 5712:1993 VN3, called ABC, of the fonts `.VnTime`. Source: the standard's table, as in iconv's TCVN5712-1. */
const tcvn3 = new Map(
  (
    [
      [0xa1, '\u0102\u00c2\u00ca\u00d4\u01a0\u01af\u0110\u0103\u00e2\u00ea\u00f4\u01a1\u01b0\u0111'],
      [0xb5, '\u00e0\u1ea3\u00e3\u00e1\u1ea1'],
      [0xbb, '\u1eb1\u1eb3\u1eb5\u1eaf'],
      [0xc6, '\u1eb7\u1ea7\u1ea9\u1eab\u1ea5\u1ead\u00e8'],
      [0xce, '\u1ebb\u1ebd\u00e9\u1eb9\u1ec1\u1ec3\u1ec5\u1ebf\u1ec7\u00ec\u1ec9'],
      [0xdc, '\u0129\u00ed\u1ecb\u00f2'],
      [0xe1, '\u1ecf\u00f5\u00f3\u1ecd\u1ed3\u1ed5\u1ed7\u1ed1\u1ed9\u1edd\u1edf\u1ee1\u1edb\u1ee3\u00f9'],
      [0xf1, '\u1ee7\u0169\u00fa\u1ee5\u1eeb\u1eed\u1eef\u1ee9\u1ef1\u1ef3\u1ef7\u1ef9\u00fd\u1ef5'],
    ] as const
  ).flatMap(([from, letters]) => [...letters].map((letter, i) => [from + i, letter] as const)),
)

function fromTcvn3(text: string): string | undefined {
  let read = ''
  for (const char of text) {
    const letter = char < '\x80' || PUNCTUATION.test(char) ? char : tcvn3.get(char.charCodeAt(0))
    if (letter === undefined) return undefined
    read += letter
  }
  return read
}

const [GRAVE, ACUTE, TILDE, HOOK, DOT] = ['\u0300', '\u0301', '\u0303', '\u0309', '\u0323']
const [CIRCUMFLEX, BREVE, HORN] = ['\u0302', '\u0306', '\u031b']
/** VNI-Windows writes a mark as a letter after its vowel. Source: the table of VNI Software, as in the Unicode converter UniKey. */
const vniMarks = new Map<number, string>([
  [0xf9, ACUTE],
  [0xf8, GRAVE],
  [0xfb, HOOK],
  [0xf5, TILDE],
  [0xef, DOT],
  [0xe2, CIRCUMFLEX],
  [0xe1, CIRCUMFLEX + ACUTE],
  [0xe0, CIRCUMFLEX + GRAVE],
  [0xe5, CIRCUMFLEX + HOOK],
  [0xe3, CIRCUMFLEX + TILDE],
  [0xe4, CIRCUMFLEX + DOT],
  [0xea, BREVE],
  [0xe9, BREVE + ACUTE],
  [0xe8, BREVE + GRAVE],
  [0xfa, BREVE + HOOK],
  [0xfc, BREVE + TILDE],
  [0xeb, BREVE + DOT],
])
/** Letters that VNI writes as one character. */
const vniLetters = new Map<number, string>([
  [0xed, `i${ACUTE}`],
  [0xec, `i${GRAVE}`],
  [0xe6, `i${HOOK}`],
  [0xf3, `i${TILDE}`],
  [0xf2, `i${DOT}`],
  [0xee, `y${DOT}`],
  [0xf1, '\u0111'],
  [0xf4, `o${HORN}`],
  [0xf6, `u${HORN}`],
])

function fromVni(text: string): string | undefined {
  let read = ''
  for (const char of text) {
    const code = char.charCodeAt(0)
    // Capitals of the second half of Latin-1 are 0x20 below the small letters.
    const isCapital = code >= 0xc0 && code <= 0xde
    const small = isCapital ? code + 0x20 : code
    const mark = vniMarks.get(small)
    const letter = vniLetters.get(small)
    if (char < '\x80' || PUNCTUATION.test(char)) read += char
    // A circumflex is of a, e, o; a breve of a; a tone of any vowel, marked or not.
    else if (mark && canBear(read, mark)) read += mark
    else if (letter) read += isCapital ? letter.toUpperCase() : letter
    else return undefined
  }
  return read
}

function canBear(read: string, mark: string): boolean {
  const last = read.normalize('NFD').toLowerCase()
  if (mark.startsWith(CIRCUMFLEX)) return /[aeo]$/.test(last)
  return mark.startsWith(BREVE) ? last.endsWith('a') : /[aeouy]\u031b?$/.test(last)
}

/** Windows-1258 that was taken for Windows-1252. */
function fromWindows1258(text: string): string | undefined {
  const bytes = bytesOf(text, windows1252)
  return bytes && new TextDecoder('windows-1258').decode(bytes)
}

/** VIQR, RFC 1456: `Nguye^~n Va(n` in plain ASCII. Undefined where other letters stand. */
export function decodeViqr(text: string): string | undefined {
  if (!ASCII_ONLY.test(text.replace(new RegExp(PUNCTUATION, 'g'), ''))) return undefined
  const marks: Record<string, string> = {
    '^': CIRCUMFLEX,
    '(': BREVE,
    '+': HORN,
    '`': GRAVE,
    "'": ACUTE,
    '~': TILDE,
    '?': HOOK,
    '.': DOT,
  }
  return text
    .replace(/([aeiouy])([\^(+]?)([`'?~.]?)/gi, (_, vowel: string, ...written: string[]) =>
      [vowel, ...written.slice(0, 2).map((mark) => marks[mark] ?? '')].join(''),
    )
    .replace(/dd/g, '\u0111')
    .replace(/D[Dd]/g, '\u0110')
    .normalize('NFC')
}
