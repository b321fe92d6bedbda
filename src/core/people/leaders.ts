import type { Tx } from '../ports.js'
import type { Person } from './person.js'

/** A unit's leaders: its heads, or its deputies where it has no head. */
export async function leadersOf(tx: Tx, workspaceId: string, unitId: string): Promise<Person[]> {
  const heads = await tx.people.withRoleIn(workspaceId, unitId, 'head')
  return heads.length > 0 ? heads : tx.people.withRoleIn(workspaceId, unitId, 'deputy')
}

/** The leaders of one unit, by person id. */
export interface UnitLeaders {
  heads: readonly string[]
  deputies: readonly string[]
}

/** The leaders of every unit that has any, by the unit's id, and the names of those people by theirs. */
export async function leadersByUnit(
  tx: Tx,
  workspaceId: string,
): Promise<{ leaders: Map<string, UnitLeaders>; names: Map<string, string> }> {
  const leaders = new Map<string, { heads: string[]; deputies: string[] }>()
  const names = new Map<string, string>()
  for (const { unitId, role, person } of await tx.people.leaders(workspaceId)) {
    names.set(person.id, person.fullName)
    const ofUnit = leaders.get(unitId) ?? { heads: [], deputies: [] }
    leaders.set(unitId, ofUnit)
    ofUnit[role === 'head' ? 'heads' : 'deputies'].push(person.id)
  }
  return { leaders, names }
}
