import { ASCII_ONLY, bytesOf, macRoman, windows1252, windows1258 } from './one-byte.js'
import { isSyllable } from './syllable.js'

/** UTF-8 that a program took for Windows-1252, Windows-1258 or Mac Roman and encoded again, up to three times. */
export function fromDoubleUtf8(text: string): string | undefined {
  let read: string | undefined
  for (let times = 0; times < 3; times++) {
    const again = undoUtf8(read ?? text)
    if (again === undefined) return read
    read = again
    if (ASCII_ONLY.test(read)) return read
  }
  return read
}

function undoUtf8(text: string): string | undefined {
  // A non-breaking space is often tidied into a plain one on the way, and then breaks the letter it is a part of.
  const whole = text.replace(/([\u00c3\u0102]|\u00e1\u00ba|\u00e1\u00bb|\u00c6) /g, '$1\u00a0')
  for (const written of [text, whole])
    for (const table of [windows1252, windows1258, macRoman]) {
      const bytes = bytesOf(written, table)
      if (!bytes) continue
      const read = decodeUtf8(bytes) ?? withLostBytes(bytes)
      if (read !== undefined) return read
    }
  return undefined
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Bytes that stand for nothing in Windows-1252: many programs drop them. */
const LOST = [0x81, 0x8d, 0x8f, 0x90, 0x9d]
const MOST_LOST = 3

/** Puts lost bytes back where just one of them makes a syllable of the word: `C\u00c6\u00b0\u00e1\u00bbng`. */
function withLostBytes(bytes: Uint8Array): string | undefined {
  let read = ''
  for (let at = 0; at < bytes.length; ) {
    let end = at
    const isOfWord = (byte: number) => byte >= 0x80 || /[a-z]/i.test(String.fromCharCode(byte))
    while (end < bytes.length && isOfWord(bytes[end] as number) === isOfWord(bytes[at] as number)) end++
    const word = bytes.subarray(at, end)
    const found = decodeUtf8(word) ?? repaired([...word])
    if (found === undefined) return undefined
    read += found
    at = end
  }
  return read
}

/** The only syllable that a word with lost bytes can have been. */
function repaired(word: readonly number[]): string | undefined {
  let tries = [word]
  for (let lost = 0; lost < MOST_LOST; lost++) {
    tries = tries.flatMap((bytes) => {
      const gap = gapIn(bytes)
      return gap === undefined ? [] : LOST.map((byte) => [...bytes.slice(0, gap), byte, ...bytes.slice(gap)])
    })
    const words = tries.map((bytes) => decodeUtf8(Uint8Array.from(bytes))).filter((read) => read !== undefined)
    const syllables = [...new Set(words)].filter((read) => isSyllable(read) && !/\p{Ll}\p{Lu}/u.test(read))
    if (syllables.length > 0) return syllables.length === 1 ? syllables[0] : undefined
  }
  return undefined
}

/** Where the first incomplete letter lacks a byte; undefined when none does, or a byte stands where none may. */
function gapIn(bytes: readonly number[]): number | undefined {
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at] as number
    const length = first < 0x80 ? 1 : first >= 0xc2 && first < 0xe0 ? 2 : first >= 0xe0 && first < 0xf0 ? 3 : 0
    if (length === 0) return undefined
    for (let next = at + 1; next < at + length; next++) if (((bytes[next] ?? 0) & 0xc0) !== 0x80) return next
    at += length
  }
  return undefined
}
