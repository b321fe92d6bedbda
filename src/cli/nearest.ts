import { distance } from 'fastest-levenshtein'

/** The word nearest to what was written, when it is near enough to be meant: two letters, or a third of a long one. */
export function nearest(written: string, words: readonly string[]): string | undefined {
  const wanted = written.toLowerCase()
  let found: { word: string; far: number } | undefined
  for (const word of words) {
    const far = distance(wanted, word.toLowerCase())
    if (far <= Math.max(word.length > 3 ? 2 : 1, Math.floor(word.length / 3)) && (!found || far < found.far))
      found = { word, far }
  }
  return found?.word
}
