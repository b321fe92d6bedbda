import type { Tx } from '../ports.js'

/** Accounts of one chat that are admins by configuration, regardless of the roster. */
export interface ConfiguredAdmins {
  platform: string
  accounts: ReadonlySet<string>
}

/** Ids of the Organisation–Administration Office and of all admins, who are told what is wrong with the installation. */
export async function peopleInCharge(tx: Tx, workspaceId: string, admins: ConfiguredAdmins): Promise<Set<string>> {
  const people = [
    ...(await tx.people.withRole(workspaceId, 'org_office')),
    ...(await tx.people.withRole(workspaceId, 'admin')),
  ]
  const ids = new Set(people.map((p) => p.id))
  for (const externalId of admins.accounts) {
    const account = await tx.accounts.byExternalId(workspaceId, admins.platform, externalId)
    if (account?.personId) ids.add(account.personId)
  }
  return ids
}
