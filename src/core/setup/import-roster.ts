import { auditCli } from '../audit/append.js'
import { roleCodes } from '../people/person.js'
import { reports } from '../people/unit.js'
import type { NewId, Tx } from '../ports.js'
import { recountAll } from '../progress/tally.js'
import type { Roster } from './roster.js'

export interface RosterImport {
  units: number
  people: number
  roles: number
  /** Names of people on the roster who are not in the file: unchanged, or retired with `replace`. */
  others: string[]
  /** Names of reporting units in the file that have no head. */
  withoutHead: string[]
}

/**
 * Imports units, people and roles. People in the file get exactly the roles that it names. Others stay unchanged, so
 * that the file of one unit does not affect another; with `replace` they lose their roles and leave the roster, and
 * their submissions and decisions stay. Must run in one transaction. Each changed unit and person is logged; importing
 * the same file again changes nothing.
 */
export async function importRoster(
  use: { tx: Tx; now: Date; newId: NewId; workspaceId: string },
  roster: Roster,
  replace = false,
): Promise<RosterImport> {
  const { tx, newId, workspaceId } = use
  const before = await tx.people.roster(workspaceId)
  const knownUnits = new Map((await tx.units.list(workspaceId)).map((u) => [u.code.toUpperCase(), u]))
  const units = new Map<string, { id: string; code: string }>()
  for (const unit of roster.units) {
    const known = knownUnits.get(unit.code.toUpperCase())
    const id = known?.id ?? newId()
    units.set(unit.code, { id, code: unit.code })
    await tx.units.put(workspaceId, { ...unit, id })
    const changed = (['code', 'name', 'kind'] as const).filter((f) => known && known[f] !== unit[f])
    const { code, kind } = unit
    if (!known) await auditCli(use, 'unit.added', `unit:${id}`, { code, kind })
    else if (changed.length > 0) await auditCli(use, 'unit.changed', `unit:${id}`, { code, kind, changed })
    // Updates the search index with the new name.
    if (known && (known.name !== unit.name || known.code !== unit.code))
      await tx.search.markOf(workspaceId, { unitId: id })
  }
  for (const { email, fullName } of roster.people) {
    const known = await tx.people.everByEmail(workspaceId, email)
    const id = known?.id ?? newId()
    const had = roleCodes(known ? await tx.people.rolesOf(workspaceId, id) : [])
    await tx.people.put(workspaceId, { id, fullName, email }, true)
    if (known && known.fullName !== fullName) await tx.search.markOf(workspaceId, { authorId: id })
    const roles = roster.roles
      .filter((r) => r.email === email)
      .map((r) => ({ role: r.role, unit: units.get(r.unitCode) as { id: string; code: string } }))
    await tx.people.setRoles(
      workspaceId,
      id,
      roles.map((r) => ({ role: r.role, unitId: r.unit.id })),
    )
    const has = roleCodes(roles)
    if (had.join() !== has.join())
      await auditCli(use, 'person.roles_changed', `person:${id}`, { before: had, after: has })
  }
  const inFile = new Set(roster.people.map((p) => p.email))
  const others = new Map(before.filter((r) => !inFile.has(r.person.email ?? '')).map((r) => [r.person.id, r.person]))
  if (replace)
    for (const id of others.keys()) {
      const had = roleCodes(before.filter((r) => r.person.id === id))
      await tx.people.retire(workspaceId, id)
      await auditCli(use, 'person.retired', `person:${id}`, { before: had })
    }
  for (const campaign of await tx.campaigns.all(workspaceId)) await recountAll(tx, campaign)
  const headed = new Set(roster.roles.filter((r) => r.role === 'head').map((r) => r.unitCode))
  return {
    units: roster.units.length,
    people: roster.people.length,
    roles: roster.roles.length,
    others: [...others.values()].map((p) => p.fullName),
    withoutHead: roster.units.filter((u) => reports(u.kind) && !headed.has(u.code)).map((u) => u.name),
  }
}
