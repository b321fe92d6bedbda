import type { Actor, Role } from '../../people/person.js'
import type { Tx } from '../../ports.js'

/** The person whom a message is sent to, with the roles they have now; undefined once they are off the roster. */
export async function recipientOf(tx: Tx, workspaceId: string, personId: string): Promise<Actor | undefined> {
  const person = await tx.people.byId(workspaceId, personId)
  if (!person) return undefined
  const roles = await tx.people.rolesOf(workspaceId, personId)
  return { workspaceId, person, accountId: '', roles, isConfiguredAdmin: false }
}

/** Whether a person has a role now. */
export const hasRole = async (tx: Tx, workspaceId: string, personId: string, role: Role): Promise<boolean> =>
  (await tx.people.rolesOf(workspaceId, personId)).some((r) => r.role === role)
