import type { Tx } from '../../ports.js'

/** The name of a person, also of one who left the roster; '' for an unknown id. */
export const personName = async (tx: Tx, workspaceId: string, personId: string): Promise<string> =>
  (await tx.people.everById(workspaceId, personId))?.fullName ?? ''
