import type { Tx } from '../../ports.js'

/** The person whose e-mail an account has, and whether they were moved to it; undefined for a person who left. */
export async function accountAttempt(
  tx: Tx,
  workspaceId: string,
  of: { personId: string; platform: string; externalId: string },
): Promise<{ person: string; email: string | null; isMoved: boolean } | undefined> {
  const person = await tx.people.byId(workspaceId, of.personId)
  if (!person) return undefined
  const account = await tx.accounts.byExternalId(workspaceId, of.platform, of.externalId)
  return { person: person.fullName, email: person.email, isMoved: account?.personId === of.personId }
}
