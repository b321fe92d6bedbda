import { distance } from 'fastest-levenshtein'

/**
 * The word that was probably meant: the one with the smallest edit distance, ignoring case, if that is at most 2 (1 for a word
 * of up to 3 letters) or a third of the word's length. Undefined when none is close enough.
 */
export function nearest(written: string, words: readonly string[]): string | undefined {
  const typed = written.toLowerCase()
  let best: { word: string; edits: number } | undefined
  for (const word of words) {
    const edits = distance(typed, word.toLowerCase())
    const limit = Math.max(word.length > 3 ? 2 : 1, Math.floor(word.length / 3))
    if (edits <= limit && (!best || edits < best.edits)) best = { word, edits }
  }
  return best?.word
}
