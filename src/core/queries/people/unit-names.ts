import type { Tx } from '../../ports.js'

/** Every unit of a workspace: its name by its id. */
export const unitNames = async (tx: Tx, workspaceId: string): Promise<ReadonlyMap<string, string>> =>
  new Map((await tx.units.list(workspaceId)).map((u) => [u.id, u.name]))
