import { foldWords } from './index.js'
import { bold, type Inline } from './rich.js'

/** Words shown before the first match. */
const BEFORE = 6

/**
 * The part of a text around the first match of a search, with all matches in bold; the beginning of the text when there is
 * none. `words` are folded (see `foldWords`); with `open`, the last one also matches as a prefix. Whole words, about `max`
 * UTF-16 units at most.
 */
export function excerpt(text: string, words: readonly string[], open: boolean, max: number): Inline[] {
  const tokens = text
    .replace(/\s+/g, ' ')
    .trim()
    .split(/(?<=[^\p{L}\p{M}\p{N}])|(?=[^\p{L}\p{M}\p{N}])/u)
  const last = words.at(-1) ?? ''
  const hits = tokens.map((token) => {
    const folded = foldWords(token)
    return folded !== '' && (words.includes(folded) || (open && folded.startsWith(last)))
  })
  let from = Math.max(0, hits.indexOf(true))
  for (let n = 0; from > 0 && n < BEFORE; from--) if (/[\p{L}\p{N}]/u.test(tokens[from - 1] ?? '')) n++
  const out: Inline[] = from > 0 ? ['… '] : []
  let length = 0
  let to = from
  for (; to < tokens.length; to++) {
    const token = tokens[to] as string
    if (length > 0 && length + token.length > max) break
    length += token.length
    out.push(hits[to] ? bold(token) : token)
  }
  return to < tokens.length ? [...out, ' …'] : out
}
