import { boundedCache } from '../../core/bounded-cache.js'
import type { Account, Accounts, KnownPerson } from '../../core/people/account.js'
import type { Person } from '../../core/people/person.js'
import { cachedQuery, type Exec, first, query } from '../query.js'
import { personColumns, type RoleRow, unitColumns, unitOf } from './person.js'
import { rosterChanged } from './workspace.js'

const columns = ['platform', 'external_id as externalId', 'person_id as personId'] as const

const byExternalId = query<{ workspaceId: string; platform: string; externalId: string }, Account>((db, p) =>
  db
    .selectFrom('account')
    .select(columns)
    .where('workspace_id', '=', p.workspaceId)
    .where('platform', '=', p.platform)
    .where('external_id', '=', p.externalId),
)

const ofPerson = query<{ workspaceId: string; platform: string; personId: string }, Account>((db, p) =>
  db
    .selectFrom('account')
    .select(columns)
    .where('workspace_id', '=', p.workspaceId)
    .where('person_id', '=', p.personId)
    .where('platform', '=', p.platform)
    .orderBy('met_at', 'desc')
    .limit(1),
)

const bind = query<Account & { workspaceId: string; at: string }, never>((db, p) =>
  db
    .insertInto('account')
    .values({
      workspace_id: p.workspaceId,
      platform: p.platform,
      external_id: p.externalId,
      person_id: p.personId,
      met_at: p.at,
    })
    .onConflict((c) =>
      c.columns(['workspace_id', 'platform', 'external_id']).doUpdateSet({ person_id: p.personId, met_at: p.at }),
    ),
)

/** One row per role; a person without a role has one row. */
const personRoles = query<{ workspaceId: string; platform: string; externalId: string }, Person & Partial<RoleRow>>(
  (db, p) =>
    db
      .selectFrom('account')
      .innerJoin('person', 'person.id', 'account.person_id')
      .leftJoin('role', 'role.person_id', 'person.id')
      .leftJoin('unit', (j) => j.onRef('unit.id', '=', 'role.unit_id').on('unit.active', '=', 1))
      .select([...personColumns, 'role.role', ...unitColumns])
      .where('account.workspace_id', '=', p.workspaceId)
      .where('account.platform', '=', p.platform)
      .where('account.external_id', '=', p.externalId)
      .where('person.active', '=', 1) as never,
)

const rosterVersion = cachedQuery<{ workspaceId: string }, { version: number }>((db, p) =>
  db.selectFrom('workspace').select('roster_version as version').where('id', '=', p.workspaceId),
)

/** People whose roles are held in memory. */
const MAX_PEOPLE = 5000

export function accountRows(exec: Exec): Accounts {
  /** People with their roles at a version of the roster: every request needs them, and rosters seldom change. */
  const cache = boundedCache<string, { version: number; person: KnownPerson }>(MAX_PEOPLE)
  return {
    async ofAccount(workspaceId, platform, externalId) {
      // The version is read first: if the roster changes in between, the next call reads it again.
      const version = first(await rosterVersion(exec, { workspaceId }))?.version ?? 0
      const key = `${workspaceId} ${platform} ${externalId}`
      const known = cache.get(key)
      if (known?.version === version) return known.person
      const rows = await personRoles(exec, { workspaceId, platform, externalId })
      const [one] = rows
      if (!one) return undefined
      const roles = rows.filter((r): r is Person & RoleRow => typeof r.unitId === 'string')
      const found: KnownPerson = {
        person: { id: one.id, fullName: one.fullName, email: one.email },
        roles: roles.map((r) => ({ role: r.role, unit: unitOf(r) })),
      }
      cache.set(key, { version, person: found })
      return found
    },
    byExternalId: async (workspaceId, platform, externalId) =>
      first(await byExternalId(exec, { workspaceId, platform, externalId })),
    ofPerson: async (workspaceId, platform, personId) =>
      first(await ofPerson(exec, { workspaceId, platform, personId })),
    async bind(workspaceId, account, now) {
      await bind(exec, { ...account, workspaceId, at: now.toISOString() })
      await rosterChanged(exec, workspaceId)
    },
  }
}
