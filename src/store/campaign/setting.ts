import type { SettingRows } from '../../core/campaign/setting.js'
import { cachedQuery, type Exec, query } from '../query.js'

const all = cachedQuery<{ workspaceId: string }, { name: string; value: string }>((db, p) =>
  db.selectFrom('setting').select(['name', 'value']).where('workspace_id', '=', p.workspaceId),
)

const set = query<{ workspaceId: string; name: string; value: string; by: string | null; at: string }, never>((db, p) =>
  db
    .insertInto('setting')
    .values({ workspace_id: p.workspaceId, name: p.name, value: p.value, set_by: p.by, set_at: p.at })
    .onConflict((c) => c.columns(['workspace_id', 'name']).doUpdateSet({ value: p.value, set_by: p.by, set_at: p.at })),
)

/** The parsed values of cached rows. */
const read = new WeakMap<readonly object[], Readonly<Record<string, unknown>>>()

export const settingRows = (exec: Exec): SettingRows => ({
  async all(workspaceId) {
    const rows = await all(exec, { workspaceId })
    let values = read.get(rows)
    if (!values) {
      values = Object.freeze(Object.fromEntries(rows.map((r) => [r.name, JSON.parse(r.value) as unknown])))
      read.set(rows, values)
    }
    return values
  },
  async set(workspaceId, name, value, by, now) {
    await set(exec, { workspaceId, name, value: JSON.stringify(value), by, at: now.toISOString() })
  },
})
