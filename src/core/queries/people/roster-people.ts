import type { Person } from '../../people/person.js'
import type { UseCase } from '../../use-case.js'

/** A person on the roster with the name of one of their units. */
export interface RosterPerson extends Person {
  /** The unit under which the roster lists the person first. */
  unit: string
}

/** Everyone on the roster, without duplicates. */
export async function rosterPeople({ tx, actor }: Pick<UseCase, 'tx' | 'actor'>): Promise<RosterPerson[]> {
  const people = new Map<string, RosterPerson>()
  for (const { person, unit } of await tx.people.roster(actor.workspaceId))
    if (!people.has(person.id)) people.set(person.id, { ...person, unit: unit.name })
  return [...people.values()]
}
