import type { Workspaces } from '../../core/people/workspace.js'
import { newId } from '../../new-id.js'
import { type Exec, first, query } from '../query.js'

const byExternal = query<{ platform: string; externalId: string }, { id: string }>((db, p) =>
  db.selectFrom('workspace').select('id').where('platform', '=', p.platform).where('external_id', '=', p.externalId),
)

const unclaimed = query<object, { id: string }>((db) =>
  db.selectFrom('workspace').select('id').where('external_id', 'is', null).orderBy('created_at').limit(1),
)

const claim = query<{ id: string; platform: string; externalId: string }, never>((db, p) =>
  db.updateTable('workspace').set({ platform: p.platform, external_id: p.externalId }).where('id', '=', p.id),
)

const insert = query<{ id: string; platform: string | null; externalId: string | null; at: string }, never>((db, p) =>
  db.insertInto('workspace').values({ id: p.id, platform: p.platform, external_id: p.externalId, created_at: p.at }),
)

const list = query<object, { id: string; platform: string | null; externalId: string | null }>((db) =>
  db.selectFrom('workspace').select(['id', 'platform', 'external_id as externalId']).orderBy('created_at'),
)

const touchRoster = query<{ id: string }, never>((db, p) =>
  db
    .updateTable('workspace')
    .set((e) => ({ roster_version: e('roster_version', '+', 1) }))
    .where('id', '=', p.id),
)

/** Records a change of a person, a role, a unit or an account, which invalidates the cached people and roles. */
export const rosterChanged = (exec: Exec, workspaceId: string): Promise<never[]> =>
  touchRoster(exec, { id: workspaceId })

export const workspaceRows = (exec: Exec): Workspaces => ({
  async adopt(platform, externalId, now) {
    const known = first(await byExternal(exec, { platform, externalId }))
    if (known) return known.id
    const free = first(await unclaimed(exec, {}))
    if (free) {
      await claim(exec, { id: free.id, platform, externalId })
      return free.id
    }
    const id = newId()
    await insert(exec, { id, platform, externalId, at: now.toISOString() })
    return id
  },
  async only(now) {
    const known = first(await list(exec, {}))
    if (known) return known.id
    const id = newId()
    await insert(exec, { id, platform: null, externalId: null, at: now.toISOString() })
    return id
  },
  all: () => list(exec, {}),
})
