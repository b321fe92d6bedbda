import type { Tx } from '../ports.js'
import type { Person } from './person.js'
import { reports, type Unit } from './unit.js'

/** Who gets the reminders of a unit while the person who usually gets them is away. */
export interface StandIn {
  unit: Unit
  /**
   * The unit's other heads, or its deputies where there are none; empty where the Organisation–Administration Office is
   * told instead.
   */
  people: Person[]
  role: 'head' | 'deputy'
}

/**
 * Finds the stand-ins of a person in each unit whose reminders they get. Heads get a unit's reminders, or deputies where it
 * has no head.
 */
export async function standInsOf(tx: Tx, workspaceId: string, personId: string): Promise<StandIn[]> {
  const out: StandIn[] = []
  const roles = (await tx.people.rolesOf(workspaceId, personId)).filter(
    (r) => reports(r.unit.kind) && (r.role === 'head' || r.role === 'deputy'),
  )
  for (const { unit, role } of roles) {
    const others = async (of: 'head' | 'deputy') =>
      (await tx.people.withRoleIn(workspaceId, unit.id, of)).filter((p) => p.id !== personId)
    if (out.some((s) => s.unit.id === unit.id)) continue
    const isHead = role === 'head' || roles.some((r) => r.unit.id === unit.id && r.role === 'head')
    const heads = await others('head')
    if (heads.length > 0) {
      // A deputy beside a head gets no reminders and needs no stand-in.
      if (isHead) out.push({ unit, people: heads, role: 'head' })
    } else out.push({ unit, people: await others('deputy'), role: 'deputy' })
  }
  return out
}
