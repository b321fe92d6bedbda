import type { ReviewKind } from '../../core/campaign/review.js'
import { foldWords } from '../../text/index.js'

const patterns = [
  ['preliminary', / (so ket|soket|preliminary) /],
  ['final', / (tong ket|tongket|final) /],
] as const

/** Separates the name of a review from what was typed: its kind, and the other words, folded. */
export function takeReviewKind(typed: string): { kind: ReviewKind | undefined; words: string } {
  let words = ` ${foldWords(typed)} `
  let kind: ReviewKind | undefined
  for (const [name, pattern] of patterns)
    if (pattern.test(words)) {
      kind = name
      words = words.replace(pattern, ' ')
    }
  return { kind, words: words.trim() }
}
