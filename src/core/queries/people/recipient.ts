import { may } from '../../people/access.js'
import type { Actor } from '../../people/person.js'
import type { Tx } from '../../ports.js'

/** The person whom a message is sent to, with the roles they have now; undefined once they are off the roster. */
export async function recipientOf(tx: Tx, workspaceId: string, personId: string): Promise<Actor | undefined> {
  const person = await tx.people.byId(workspaceId, personId)
  if (!person) return undefined
  const roles = await tx.people.rolesOf(workspaceId, personId)
  return { workspaceId, person, accountId: '', roles, isConfiguredAdmin: false }
}

/** Whether the person whom a digest is addressed to still gets it, by the roles they have now. */
export async function getsDigest(
  tx: Tx,
  { workspaceId, personId }: { workspaceId: string; personId: string },
  need: 'digest.progress' | 'digest.eve' | 'digest.overdue',
): Promise<boolean> {
  const recipient = await recipientOf(tx, workspaceId, personId)
  return recipient !== undefined && may(recipient, need)
}
