import { fold, foldWords } from '../../text/index.js'

/**
 * The people whom a name may mean, whatever its accents and case: whole names, else ends of names as people are called, else
 * names with every part of it. One person means that there is no doubt.
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
