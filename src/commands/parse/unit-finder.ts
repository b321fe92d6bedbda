import { distance } from 'fastest-levenshtein'
import type { Unit } from '../../core/people/unit.js'
import { fold, foldWords } from '../../text/index.js'

/**
 * The units that a word may mean, best first: by code or whole name; if none, by parts of the name; if none, by similar
 * spelling (Levenshtein distance). A single unit is unambiguous.
 */
export function findUnits(units: readonly Unit[], word: string): Unit[] {
  const wanted = fold(word)
  if (wanted === '') return []
  const exact = units.filter((u) => fold(u.code) === wanted || fold(u.name) === wanted)
  if (exact.length > 0) return exact.slice(0, 1)
  const parts = foldWords(word).split(' ')
  const containing = units.filter((u) => {
    const name = ` ${foldWords(u.name)} `
    return parts.every((p) => name.includes(` ${p}`)) || fold(u.name).includes(wanted)
  })
  if (containing.length > 0) return containing
  const near = (u: Unit) => Math.min(distance(fold(u.code), wanted), distance(fold(u.name), wanted))
  return units
    .map((u) => ({ u, d: near(u) }))
    .filter(({ d }) => d <= Math.max(2, Math.floor(wanted.length / 3)))
    .sort((a, b) => a.d - b.d)
    .map(({ u }) => u)
    .slice(0, 5)
}
