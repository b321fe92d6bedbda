import type { SettingRows } from '../core/ports.js'
import { type Exec, query } from './query.js'

const all = query<{ workspaceId: string }, { name: string; value: string }>((db, p) =>
  db.selectFrom('setting').select(['name', 'value']).where('workspace_id', '=', p.workspaceId),
)
const set = query<{ workspaceId: string; name: string; value: string; by: string | null; at: string }, never>((db, p) =>
  db
    .insertInto('setting')
    .values({ workspace_id: p.workspaceId, name: p.name, value: p.value, set_by: p.by, set_at: p.at })
    .onConflict((c) => c.columns(['workspace_id', 'name']).doUpdateSet({ value: p.value, set_by: p.by, set_at: p.at })),
)

export const settingRows = (exec: Exec): SettingRows => ({
  async all(workspaceId) {
    const rows = await all(exec, { workspaceId })
    return Object.fromEntries(rows.map((r) => [r.name, JSON.parse(r.value) as unknown]))
  },
  async set(workspaceId, name, value, by, now) {
    await set(exec, { workspaceId, name, value: JSON.stringify(value), by, at: now.toISOString() })
  },
})
