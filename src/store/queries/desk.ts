import { sql } from 'kysely'
import type { Desk, DeskQuery, WaitingCell } from '../../core/queries/desk/rows.js'
import { type Builder, type Exec, first, once, query } from '../query.js'
import { type SubmissionRow, selectSubmission, submissionOf } from '../submission/submission.js'

type Open = Pick<DeskQuery, 'campaignId' | 'states' | 'unitId' | 'criterion'>

/** Submissions that may wait for the Command Board, in the order of the index `submission_open`. */
function open(db: Builder, q: Open) {
  let rows = db
    .selectFrom('submission as s')
    .where('s.campaign_id', '=', q.campaignId)
    // The condition of the partial index, word for word, so that SQLite uses it; `states` are among these.
    .where(sql<boolean>`s.state in ('submitted', 'confirmed')`)
    .where('s.state', 'in', [...q.states])
  if (q.unitId !== undefined) rows = rows.where('s.unit_id', '=', q.unitId)
  if (q.criterion !== undefined) rows = rows.where('s.criterion', '=', q.criterion)
  return rows
}

const page = (db: Builder, q: DeskQuery) =>
  open(db, q)
    .leftJoin('desk_later as l', (join) =>
      join
        .onRef('l.submission_id', '=', 's.id')
        .on('l.person_id', '=', q.personId)
        .on('l.until', '>', q.now.toISOString()),
    )
    .select(['s.id', (e) => e.case().when('l.until', 'is', null).then(0).else(1).end().as('postponed')])
    .orderBy('postponed')
    .orderBy('s.number')
    .limit(q.limit)
    .offset(q.offset)

const byIdWithWriting = query<{ id: string }, SubmissionRow & { writingId: string | null }>((db, p) =>
  selectSubmission(db)
    .select((e) =>
      e
        .selectFrom('submission_event as e')
        .select((f) => f.fn.max('e.id').as('writingId'))
        .whereRef('e.submission_id', '=', 'submission.id')
        .where('e.to_state', '=', 'submitted')
        .as('writingId'),
    )
    .where('submission.id', '=', p.id),
)

const waiting = query<{ campaignId: string }, WaitingCell>((db, p) =>
  db
    .selectFrom('tally')
    .select(['unit_id as unitId', 'criterion', 'submitted', 'confirmed'])
    .where('campaign_id', '=', p.campaignId)
    .where((e) => e.or([e('submitted', '>', 0), e('confirmed', '>', 0)])),
)

const postpone = query<{ workspaceId: string; personId: string; submissionId: string; until: string }, never>((db, p) =>
  db
    .insertInto('desk_later')
    .values({ workspace_id: p.workspaceId, person_id: p.personId, submission_id: p.submissionId, until: p.until })
    .onConflict((c) => c.columns(['person_id', 'submission_id']).doUpdateSet({ until: p.until })),
)

const forgetPostponed = query<{ before: string }, never>((db, p) =>
  db.deleteFrom('desk_later').where('until', '<', p.before),
)

export const deskRows = (exec: Exec): Desk => ({
  async queue(q) {
    const items = []
    for (const { id, postponed } of await once<{ id: string; postponed: number }>(exec, (db) => page(db, q))) {
      const row = first(await byIdWithWriting(exec, { id }))
      if (!row) continue
      const { writingId, ...submission } = row
      items.push({
        submission: submissionOf(submission),
        writingId: writingId ?? '',
        postponed: Number(postponed) === 1,
      })
    }
    return items
  },
  async oldest(q) {
    const oldest = (db: Builder) => open(db, q).select('s.submitted_at as at').orderBy('s.number').limit(1)
    const row = first(await once<{ at: string }>(exec, oldest))
    return row && new Date(row.at)
  },
  waiting: (campaignId) => waiting(exec, { campaignId }),
  async postpone(submission, personId, until) {
    const { id, workspaceId } = submission
    await postpone(exec, { workspaceId, personId, submissionId: id, until: until.toISOString() })
  },
  async forgetPostponed(before) {
    await forgetPostponed(exec, { before: before.toISOString() })
  },
})
