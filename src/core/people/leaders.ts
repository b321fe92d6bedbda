import type { Tx } from '../ports.js'
import type { Person } from './person.js'

/** A unit's leaders: its heads, or its deputies where it has no head. */
export async function leadersOf(tx: Tx, workspaceId: string, unitId: string): Promise<Person[]> {
  const heads = await tx.people.withRoleIn(workspaceId, unitId, 'head')
  return heads.length > 0 ? heads : tx.people.withRoleIn(workspaceId, unitId, 'deputy')
}
