import { sql } from 'kysely'
import type { People, Person, PersonRole, Role } from '../../core/people/person.js'
import type { UnitKind } from '../../core/people/unit.js'
import { type Builder, cachedQuery, type Exec, first, once, query } from '../query.js'
import { rosterChanged } from './workspace.js'

export const personColumns = ['person.id', 'person.full_name as fullName', 'person.email'] as const
export const unitColumns = [
  'unit.id as unitId',
  'unit.code as unitCode',
  'unit.name as unitName',
  'unit.kind as unitKind',
  'unit.position as unitPosition',
] as const

export interface RoleRow {
  role: Role
  unitId: string
  unitCode: string
  unitName: string
  unitKind: UnitKind
  unitPosition: number
}

export const unitOf = (r: RoleRow) => ({
  id: r.unitId,
  code: r.unitCode,
  name: r.unitName,
  kind: r.unitKind,
  position: r.unitPosition,
})

const people = (db: Builder, workspaceId: string) =>
  db.selectFrom('person').where('person.workspace_id', '=', workspaceId).where('person.active', '=', 1)

const byId = query<{ workspaceId: string; id: string }, Person>((db, p) =>
  people(db, p.workspaceId).select(personColumns).where('person.id', '=', p.id),
)

const everById = query<{ workspaceId: string; id: string }, Person>((db, p) =>
  db.selectFrom('person').select(personColumns).where('workspace_id', '=', p.workspaceId).where('id', '=', p.id),
)

const byEmail = query<{ workspaceId: string; email: string }, Person>((db, p) =>
  people(db, p.workspaceId).select(personColumns).where('person.email', '=', p.email),
)

const everByEmail = query<{ workspaceId: string; email: string }, Person>((db, p) =>
  db.selectFrom('person').select(personColumns).where('workspace_id', '=', p.workspaceId).where('email', '=', p.email),
)

const rolesOf = query<{ personId: string }, RoleRow>((db, p) =>
  db
    .selectFrom('role')
    .innerJoin('unit', 'unit.id', 'role.unit_id')
    .select(['role.role', ...unitColumns])
    .where('role.person_id', '=', p.personId)
    .where('unit.active', '=', 1)
    .orderBy('unit.position'),
)

const roster = query<{ workspaceId: string }, Person & RoleRow>((db, p) =>
  people(db, p.workspaceId)
    .innerJoin('role', 'role.person_id', 'person.id')
    .innerJoin('unit', 'unit.id', 'role.unit_id')
    .select([...personColumns, 'role.role', ...unitColumns])
    .where('unit.active', '=', 1)
    .orderBy('unit.position')
    .orderBy('person.id'),
)

const withRole = query<{ workspaceId: string; role: Role }, Person>((db, p) =>
  people(db, p.workspaceId)
    .innerJoin('role', 'role.person_id', 'person.id')
    .select(personColumns)
    .distinct()
    .where('role.role', '=', p.role)
    .orderBy('person.id'),
)

const leaders = query<{ workspaceId: string }, Person & { unitId: string; role: 'head' | 'deputy' }>(
  (db, p) =>
    db
      .selectFrom('role')
      .innerJoin('person', 'person.id', 'role.person_id')
      .select([...personColumns, 'role.unit_id as unitId', 'role.role'])
      .where('role.workspace_id', '=', p.workspaceId)
      .where('role.role', 'in', ['head', 'deputy'])
      .where('person.active', '=', 1)
      .orderBy('person.id') as never,
)

const withRoleIn = cachedQuery<{ workspaceId: string; unitId: string; role: Role }, Person>((db, p) =>
  db
    .selectFrom('role')
    .innerJoin('person', 'person.id', 'role.person_id')
    .select(personColumns)
    .where('role.unit_id', '=', p.unitId)
    .where('role.role', '=', p.role)
    .where('person.workspace_id', '=', p.workspaceId)
    .where('person.active', '=', 1)
    .orderBy('person.id'),
)

const put = query<Person & { workspaceId: string; onRoster: number }, never>((db, p) =>
  db
    .insertInto('person')
    .values({
      id: p.id,
      workspace_id: p.workspaceId,
      full_name: p.fullName,
      email: p.email,
      active: 1,
      on_roster: p.onRoster,
    })
    .onConflict((c) =>
      c.column('id').doUpdateSet({ full_name: p.fullName, email: p.email, active: 1, on_roster: p.onRoster }),
    ),
)

const clearRoles = query<{ personId: string }, never>((db, p) =>
  db.deleteFrom('role').where('person_id', '=', p.personId),
)

const addRole = query<{ workspaceId: string; personId: string; unitId: string; role: Role }, never>((db, p) =>
  db
    .insertInto('role')
    .values({ workspace_id: p.workspaceId, person_id: p.personId, unit_id: p.unitId, role: p.role })
    .onConflict((c) => c.doNothing()),
)

const retire = query<{ workspaceId: string; id: string }, never>((db, p) =>
  db
    .updateTable('person')
    .set({ active: 0, on_roster: 0 })
    .where('workspace_id', '=', p.workspaceId)
    .where('id', '=', p.id),
)

/** Literals instead of parameters, so that SQLite uses the partial index. */
const unreached = sql<boolean>`outbox.state = 'unreachable'`
const unreachable = query<{ workspaceId: string; since: string }, Person>((db, p) =>
  people(db, p.workspaceId)
    .select(personColumns)
    .where((e) =>
      e.exists(
        e
          .selectFrom('outbox')
          .select('outbox.key')
          .whereRef('outbox.workspace_id', '=', 'person.workspace_id')
          .whereRef('outbox.person_id', '=', 'person.id')
          .where(unreached)
          .where('outbox.done_at', '>=', p.since)
          .where((f) =>
            f.not(
              f.exists(
                f
                  .selectFrom('account')
                  .select('account.met_at')
                  .whereRef('account.person_id', '=', 'person.id')
                  .whereRef('account.met_at', '>=', 'outbox.done_at'),
              ),
            ),
          ),
      ),
    )
    .where('person.on_roster', '=', 1)
    .orderBy('person.id'),
)

const count = query<{ workspaceId: string }, { n: number | string }>((db, p) =>
  people(db, p.workspaceId)
    .select((e) => e.fn.countAll<number | string>().as('n'))
    .where('person.on_roster', '=', 1),
)

export const personRows = (exec: Exec): People => ({
  byId: async (workspaceId, id) => first(await byId(exec, { workspaceId, id })),
  everById: async (workspaceId, id) => first(await everById(exec, { workspaceId, id })),
  byEmail: async (workspaceId, email) => first(await byEmail(exec, { workspaceId, email })),
  everByEmail: async (workspaceId, email) => first(await everByEmail(exec, { workspaceId, email })),
  async roster(workspaceId): Promise<PersonRole[]> {
    const rows = await roster(exec, { workspaceId })
    return rows.map((r) => ({
      person: { id: r.id, fullName: r.fullName, email: r.email },
      role: r.role,
      unit: unitOf(r),
    }))
  },
  async rolesOf(_workspaceId, personId) {
    return (await rolesOf(exec, { personId })).map((r) => ({ role: r.role, unit: unitOf(r) }))
  },
  withRole: (workspaceId, role) => withRole(exec, { workspaceId, role }),
  async leaders(workspaceId) {
    const rows = await leaders(exec, { workspaceId })
    return rows.map(({ unitId, role, ...person }) => ({ unitId, role, person }))
  },
  withRoleIn: async (workspaceId, unitId, role) => [...(await withRoleIn(exec, { workspaceId, unitId, role }))],
  async put(workspaceId, person, onRoster) {
    await put(exec, { ...person, workspaceId, onRoster: onRoster ? 1 : 0 })
    await rosterChanged(exec, workspaceId)
  },
  async setRoles(workspaceId, personId, roles) {
    await clearRoles(exec, { personId })
    for (const { role, unitId } of roles) await addRole(exec, { workspaceId, personId, unitId, role })
    await rosterChanged(exec, workspaceId)
  },
  async retire(workspaceId, id) {
    await clearRoles(exec, { personId: id })
    await retire(exec, { workspaceId, id })
    await rosterChanged(exec, workspaceId)
  },
  unreachable: (workspaceId, since) => unreachable(exec, { workspaceId, since: since.toISOString() }),
  async names(workspaceId, ids) {
    if (ids.length === 0) return new Map()
    const rows = await once<Person>(exec, (db) =>
      db
        .selectFrom('person')
        .select(personColumns)
        .where('workspace_id', '=', workspaceId)
        .where('id', 'in', [...ids]),
    )
    return new Map(rows.map((r) => [r.id, r.fullName]))
  },
  count: async (workspaceId) => Number(first(await count(exec, { workspaceId }))?.n ?? 0),
})
