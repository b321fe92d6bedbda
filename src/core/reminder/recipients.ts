/** Who leads a unit, by their ids. */
export interface Crew {
  heads: readonly string[]
  deputies: readonly string[]
}

/** Why nobody of a unit can be reminded: it has no head and no deputy, or none who is there before `until`. */
export type Unheard = { why: 'none' } | { why: 'absent'; until: string }

/**
 * Whom a unit is reminded through on a day: its heads who are there, else its deputies who are. `absent` gives until when
 * a person is away (yyyy-mm-dd).
 */
export function recipientsOf(crew: Crew | undefined, absent: ReadonlyMap<string, string>): string[] | Unheard {
  const { heads = [], deputies = [] } = crew ?? {}
  for (const people of [heads, deputies]) {
    const there = people.filter((id) => !absent.has(id))
    if (there.length > 0) return there
  }
  const back = [...heads, ...deputies].map((id) => absent.get(id) as string).sort()[0]
  return back === undefined ? { why: 'none' } : { why: 'absent', until: back }
}
