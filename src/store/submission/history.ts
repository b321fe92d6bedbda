import type { Submission, Submissions } from '../../core/submission/submission.js'
import { type Builder, type Exec, first, once, query } from '../query.js'
import { type EventRow, eventColumns, fromRow, type Row, select } from './submission.js'

/**
 * Finds a person's submissions through the cells, by the index `submission_by_cell`. An index by author would have to
 * be written for every submission.
 */
export const authored = (db: Builder, workspaceId: string, personId: string) => {
  const campaigns = db.selectFrom('campaign').select('id').where('workspace_id', '=', workspaceId)
  return db
    .selectFrom('submission')
    .where('submission.campaign_id', 'in', campaigns)
    .where('submission.unit_id', 'in', db.selectFrom('unit').select('id').where('workspace_id', '=', workspaceId))
    .where(
      'submission.criterion',
      'in',
      db.selectFrom('tally').select('criterion').where('campaign_id', 'in', campaigns),
    )
    .where('submission.author_id', '=', personId)
}

/** The submissions of some units. */
export const ofUnits = (db: Builder, workspaceId: string, unitIds: readonly string[]) =>
  db
    .selectFrom('submission')
    .where(
      'submission.campaign_id',
      'in',
      db.selectFrom('campaign').select('id').where('workspace_id', '=', workspaceId),
    )
    .where('submission.unit_id', 'in', [...unitIds])

const events = query<{ submissionId: string }, EventRow>((db, p) =>
  db
    .selectFrom('submission_event as e')
    .innerJoin('person', 'person.id', 'e.by_id')
    .select(eventColumns)
    .where('e.submission_id', '=', p.submissionId)
    .orderBy('e.id'),
)

const byNumber = query<{ campaignId: string; number: number }, Row>((db, p) =>
  select(db).where('campaign_id', '=', p.campaignId).where('number', '=', p.number),
)

const writtenBy = query<{ workspaceId: string; personId: string; limit: number }, Row>((db, p) =>
  select(db)
    .where('id', 'in', authored(db, p.workspaceId, p.personId).select('submission.id'))
    .orderBy('submitted_at', 'desc')
    .orderBy('number', 'desc')
    .limit(p.limit),
)

type Cell = Pick<Submission, 'id' | 'campaignId' | 'unitId' | 'criterion' | 'doneOn'>
const ofSameDay = query<Cell & { limit: number }, Row>((db, p) =>
  select(db)
    .where('campaign_id', '=', p.campaignId)
    .where('unit_id', '=', p.unitId)
    .where('criterion', '=', p.criterion)
    .where('done_on', '=', p.doneOn)
    .where('state', '!=', 'withdrawn')
    .where('submission.id', '!=', p.id)
    .orderBy('number', 'desc')
    .limit(p.limit),
)

/** By the index `attachment_by_bytes`. */
const withSameFile = query<{ workspaceId: string; id: string; limit: number }, Row>((db, p) =>
  select(db)
    .where(
      'submission.id',
      'in',
      db
        .selectFrom('attachment as mine')
        .innerJoin('attachment as other', 'other.sha256', 'mine.sha256')
        .select('other.submission_id')
        .where('mine.submission_id', '=', p.id)
        .where('mine.state', '=', 'stored')
        .where('other.state', '=', 'stored')
        .where('other.submission_id', '!=', p.id),
    )
    .where('submission.workspace_id', '=', p.workspaceId)
    .where('submission.state', '!=', 'withdrawn')
    .orderBy('submission.id')
    .limit(p.limit),
)

type History = Pick<Submissions, 'events' | 'latestEvents' | 'byNumber' | 'writtenBy' | 'ofSameDay' | 'withSameFile'>

/** The events of submissions, and the submissions of one author. */
export const submissionHistoryRows = (exec: Exec): History => ({
  events: async (submissionId) => (await events(exec, { submissionId })).map(withDate),
  async latestEvents(workspaceId, of, limit) {
    if ('unitIds' in of && of.unitIds.length === 0) return []
    const rows = await once<EventRow>(exec, (db) =>
      ('authorId' in of ? authored(db, workspaceId, of.authorId) : ofUnits(db, workspaceId, of.unitIds))
        .innerJoin('submission_event as e', 'e.submission_id', 'submission.id')
        .innerJoin('person', 'person.id', 'e.by_id')
        .select(eventColumns)
        .orderBy('e.id', 'desc')
        .limit(limit),
    )
    return rows.map(withDate)
  },
  byNumber: async (campaignId, number) => {
    const row = first(await byNumber(exec, { campaignId, number }))
    return row && fromRow(row)
  },
  ofSameDay: async ({ id, campaignId, unitId, criterion, doneOn }, limit) =>
    (await ofSameDay(exec, { id, campaignId, unitId, criterion, doneOn, limit })).map(fromRow),
  withSameFile: async ({ id, workspaceId }, limit) =>
    (await withSameFile(exec, { id, workspaceId, limit })).map(fromRow),
  writtenBy: async (workspaceId, personId, limit) =>
    (await writtenBy(exec, { workspaceId, personId, limit })).map(fromRow),
})

const withDate = (row: EventRow) => ({ ...row, at: new Date(row.at) })
