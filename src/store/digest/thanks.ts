import type { Thanks } from '../../core/digest/thanks.js'
import { change, type Exec, first, query } from '../query.js'

const lastMonth = query<{ campaignId: string; until: string }, { month: string }>((db, p) =>
  db
    .selectFrom('month_thanks')
    .select('month')
    .where('campaign_id', '=', p.campaignId)
    .where('month', '<=', p.until)
    .orderBy('month', 'desc')
    .limit(1),
)

const put = change<{ workspaceId: string; campaignId: string; month: string; at: string }>((db, p) =>
  db
    .insertInto('month_thanks')
    .values({ workspace_id: p.workspaceId, campaign_id: p.campaignId, month: p.month, planned_at: p.at })
    .onConflict((c) => c.doNothing()),
)

export const thanksRows = (exec: Exec): Thanks => ({
  lastMonth: async (campaignId, until) => first(await lastMonth(exec, { campaignId, until }))?.month,
  put: async (workspaceId, campaignId, month, now) =>
    (await put(exec, { workspaceId, campaignId, month, at: now.toISOString() })) > 0,
})
