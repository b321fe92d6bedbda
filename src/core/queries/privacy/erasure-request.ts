import { unitsHeadedBy } from '../../people/access.js'
import type { Unit } from '../../people/unit.js'
import type { Tx } from '../../ports.js'
import type { Erasure } from '../../privacy/erasure.js'
import { personName } from '../people/person-name.js'

/** What the Office should know before it agrees to erase everything about a person. */
export interface ErasureWarnings {
  /** Units that lose their head. */
  headOf: readonly Unit[]
  isLastAdmin: boolean
}

/** A request for erasure as the Office sees it. */
export interface ErasureRequest {
  erasure: Erasure
  /** The person whose data it is about. */
  name: string
  /** Only while the request waits. */
  warnings: ErasureWarnings | undefined
  /** Who agreed or refused; '' while the request waits and after it was taken back. */
  decidedBy: string
}

/** One request for erasure; undefined if it does not exist. */
export const erasureById = (tx: Tx, workspaceId: string, id: string): Promise<Erasure | undefined> =>
  tx.erasures.byId(workspaceId, id)

/** Reads a request for erasure for the Office; undefined if it does not exist. Checks no permission. */
export async function erasureRequest(tx: Tx, workspaceId: string, id: string): Promise<ErasureRequest | undefined> {
  const erasure = await erasureById(tx, workspaceId, id)
  if (!erasure) return undefined
  const { state, decidedBy } = erasure
  return {
    erasure,
    name: await personName(tx, workspaceId, erasure.personId),
    warnings: state === 'waiting' ? await warningsOf(tx, erasure) : undefined,
    decidedBy: decidedBy && state !== 'taken_back' ? await personName(tx, workspaceId, decidedBy) : '',
  }
}

async function warningsOf(tx: Tx, { workspaceId, personId, what }: Erasure): Promise<ErasureWarnings> {
  if (what !== 'all') return { headOf: [], isLastAdmin: false }
  const roles = await tx.people.rolesOf(workspaceId, personId)
  const admins = await tx.people.withRole(workspaceId, 'admin')
  return {
    headOf: unitsHeadedBy({ roles }),
    isLastAdmin: admins.length === 1 && admins[0]?.id === personId,
  }
}
