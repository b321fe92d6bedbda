import type { Review, Reviews } from '../../core/campaign/review.js'
import { type Exec, query } from '../query.js'

const list = query<{ campaignId: string }, Review>((db, p) =>
  db.selectFrom('review').select(['kind', 'date']).where('campaign_id', '=', p.campaignId).orderBy('date'),
)

const set = query<Review & { workspaceId: string; campaignId: string; by: string; at: string }, never>((db, p) =>
  db
    .insertInto('review')
    .values({
      workspace_id: p.workspaceId,
      campaign_id: p.campaignId,
      kind: p.kind,
      date: p.date,
      set_by: p.by,
      set_at: p.at,
    })
    .onConflict((c) => c.columns(['campaign_id', 'kind']).doUpdateSet({ date: p.date, set_by: p.by, set_at: p.at })),
)

export const reviewRows = (exec: Exec): Reviews => ({
  list: (campaignId) => list(exec, { campaignId }),
  async set(workspaceId, campaignId, review, by, now) {
    await set(exec, { ...review, workspaceId, campaignId, by, at: now.toISOString() })
  },
})
