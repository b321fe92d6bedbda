import type { Review, ReviewKind, Reviews } from '../../core/campaign/review.js'
import { cachedQuery, type Exec, query } from '../query.js'

interface Row {
  kind: ReviewKind
  date: string
  closingId: string | null
  closedAt: string | null
  closedBy: string | null
}

/** Read for every form and every summary, and changed a few times a year. */
const list = cachedQuery<{ campaignId: string }, Row>((db, p) =>
  db
    .selectFrom('review')
    .leftJoin('closing', (j) =>
      j
        .onRef('closing.campaign_id', '=', 'review.campaign_id')
        .onRef('closing.review_kind', '=', 'review.kind')
        .on('closing.reopened_at', 'is', null),
    )
    .select(['review.kind', 'date', 'closing.id as closingId', 'closed_at as closedAt', 'closed_by as closedBy'])
    .where('review.campaign_id', '=', p.campaignId)
    .orderBy('date'),
)

const toReview = ({ kind, date, closingId, closedAt, closedBy }: Row): Review =>
  closingId && closedAt && closedBy
    ? { kind, date, closed: { id: closingId, at: new Date(closedAt), byId: closedBy } }
    : { kind, date }

const set = query<Omit<Review, 'closed'> & { workspaceId: string; campaignId: string; by: string; at: string }, never>(
  (db, p) =>
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
  list: async (campaignId) => (await list(exec, { campaignId })).map(toReview),
  async set(workspaceId, campaignId, review, by, now) {
    await set(exec, { kind: review.kind, date: review.date, workspaceId, campaignId, by, at: now.toISOString() })
  },
})
