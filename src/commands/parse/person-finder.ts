import { fold, foldWords } from '../../text/index.js'

/**
 * The people whom a typed name may mean, ignoring accents and case: those with exactly this name; if none, those whose
 * name ends in it (Vietnamese given names come last); if none, those whose name contains every part of it. A single
 * person is unambiguous.
 */
export function findPeople<T extends { fullName: string }>(people: readonly T[], word: string): T[] {
  const wanted = foldWords(word)
  if (wanted === '') return []
  const exact = people.filter((p) => fold(p.fullName) === fold(word))
  if (exact.length > 0) return exact
  const called = people.filter((p) => ` ${foldWords(p.fullName)}`.endsWith(` ${wanted}`))
  if (called.length > 0) return called
  const parts = wanted.split(' ')
  return people.filter((p) => {
    const name = ` ${foldWords(p.fullName)} `
    return parts.every((part) => name.includes(` ${part} `))
  })
}
