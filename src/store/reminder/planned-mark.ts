import type { Rungs } from '../../core/reminder/rows.js'
import { type Exec, query } from '../query.js'

const planned = query<{ campaignId: string }, { key: string }>((db, p) =>
  db.selectFrom('rung').select('key').where('campaign_id', '=', p.campaignId),
)

const mark = query<{ workspaceId: string; campaignId: string; key: string; at: string }, never>((db, p) =>
  db
    .insertInto('rung')
    .values({ workspace_id: p.workspaceId, campaign_id: p.campaignId, key: p.key, planned_at: p.at })
    .onConflict((c) => c.doNothing()),
)

export const rungRows = (exec: Exec): Rungs => ({
  planned: async (campaignId) => new Set((await planned(exec, { campaignId })).map((r) => r.key)),
  async markPlanned(workspaceId, campaignId, key, now) {
    await mark(exec, { workspaceId, campaignId, key, at: now.toISOString() })
  },
})
