import type { Tx } from '../../ports.js'

/** The name of a person, also of one who left the roster; '' for an unknown id. */
export const personName = async (tx: Tx, workspaceId: string, personId: string): Promise<string> =>
  (await tx.people.everById(workspaceId, personId))?.fullName ?? ''

/** The names of the people of the Organisation–Administration Office, whom a stranger may ask. */
export const namesOfOffice = async (tx: Tx, workspaceId: string): Promise<string[]> =>
  (await tx.people.withRole(workspaceId, 'org_office')).map((p) => p.fullName)
