import { foldWords } from '../fold.js'
import type { Submission } from './submission.js'

/** Another submission that may be the same achievement: nearly the same text, or a file with the same bytes. */
export interface Duplicate {
  submission: Submission
  why: 'text' | 'file'
}

/** Share of common words from which two texts are nearly the same. */
const ALIKE = 0.8

/** The same where they differ in numbers: two sessions of one day differ in little else. */
const ALIKE_BUT_NUMBERS = 0.95

/** Whether two texts say nearly the same: by their words, without accents, case, punctuation and order. */
export function isAlike(a: string, b: string): boolean {
  const [left, right] = [wordsOf(a), wordsOf(b)]
  if (left.length === 0 || right.length === 0) return false
  const numbers = (words: readonly string[]) =>
    words
      .filter((w) => /\d/.test(w))
      .sort()
      .join(' ')
  return share(left, right) >= (numbers(left) === numbers(right) ? ALIKE : ALIKE_BUT_NUMBERS)
}

const wordsOf = (text: string): string[] => foldWords(text).split(' ').filter(Boolean)

/** Twice the number of common words by the number of all, with repetitions (Dice). */
function share(a: readonly string[], b: readonly string[]): number {
  const left = new Map<string, number>()
  for (const word of a) left.set(word, (left.get(word) ?? 0) + 1)
  let common = 0
  for (const word of b) {
    const n = left.get(word) ?? 0
    if (n === 0) continue
    left.set(word, n - 1)
    common += 1
  }
  return (2 * common) / (a.length + b.length)
}
