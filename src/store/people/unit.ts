import type { Unit, Units } from '../../core/people/unit.js'
import { type Exec, first, query } from '../query.js'
import { rosterChanged } from './workspace.js'

const columns = ['id', 'code', 'name', 'kind', 'position'] as const

const list = query<{ workspaceId: string }, Unit>((db, p) =>
  db
    .selectFrom('unit')
    .select(columns)
    .where('workspace_id', '=', p.workspaceId)
    .where('active', '=', 1)
    .orderBy('position'),
)

const byId = query<{ workspaceId: string; id: string }, Unit>((db, p) =>
  db.selectFrom('unit').select(columns).where('workspace_id', '=', p.workspaceId).where('id', '=', p.id),
)

const put = query<Unit & { workspaceId: string; codeKey: string }, never>((db, p) =>
  db
    .insertInto('unit')
    .values({
      id: p.id,
      workspace_id: p.workspaceId,
      code: p.code,
      code_key: p.codeKey,
      name: p.name,
      kind: p.kind,
      position: p.position,
      active: 1,
    })
    .onConflict((c) =>
      c.column('id').doUpdateSet({
        code: p.code,
        code_key: p.codeKey,
        name: p.name,
        kind: p.kind,
        position: p.position,
        active: 1,
      }),
    ),
)

export const unitRows = (exec: Exec): Units => ({
  list: (workspaceId) => list(exec, { workspaceId }),
  byId: async (workspaceId, id) => first(await byId(exec, { workspaceId, id })),
  async put(workspaceId, unit) {
    await put(exec, { ...unit, workspaceId, codeKey: unit.code.toUpperCase() })
    await rosterChanged(exec, workspaceId)
  },
})
