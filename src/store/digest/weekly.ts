import type { Digests, WeekSnapshot } from '../../core/digest/weekly.js'
import { change, type Exec, first, query } from '../query.js'

const lastWeek = query<{ campaignId: string; until: string }, { week: string }>((db, p) =>
  db
    .selectFrom('week_snapshot')
    .select('week')
    .where('campaign_id', '=', p.campaignId)
    .where('week', '<=', p.until)
    .orderBy('week', 'desc')
    .limit(1),
)

const last = query<{ campaignId: string; before: string }, { week: string; data: string }>((db, p) =>
  db
    .selectFrom('week_snapshot')
    .select(['week', 'data'])
    .where('campaign_id', '=', p.campaignId)
    .where('week', '<', p.before)
    .orderBy('week', 'desc')
    .limit(1),
)

const put = change<{ workspaceId: string; campaignId: string; week: string; at: string; data: string }>((db, p) =>
  db
    .insertInto('week_snapshot')
    .values({ workspace_id: p.workspaceId, campaign_id: p.campaignId, week: p.week, planned_at: p.at, data: p.data })
    .onConflict((c) => c.doNothing()),
)

/** Running numbers have no gaps, so the last one is the number of all submissions, in any state. */
const lastNumber = query<{ campaignId: string }, { n: number | null }>((db, p) =>
  db
    .selectFrom('submission')
    .select((e) => e.fn.max('number').as('n'))
    .where('campaign_id', '=', p.campaignId),
)

export const digestRows = (exec: Exec): Digests => ({
  lastWeek: async (campaignId, until) => first(await lastWeek(exec, { campaignId, until }))?.week,
  async last(campaignId, week) {
    const row = first(await last(exec, { campaignId, before: week }))
    return row && { week: row.week, snapshot: JSON.parse(row.data) as WeekSnapshot }
  },
  async put(workspaceId, campaignId, week, snapshot, now) {
    const row = { workspaceId, campaignId, week, at: now.toISOString(), data: JSON.stringify(snapshot) }
    return (await put(exec, row)) > 0
  },
  handedIn: async (campaignId) => Number(first(await lastNumber(exec, { campaignId }))?.n ?? 0),
})
