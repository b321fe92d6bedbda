import type { SubmissionState } from '../../core/submission/state.js'
import type { Submission, SubmissionEvent, Submissions } from '../../core/submission/submission.js'
import { type Builder, cachedQuery, type Exec, first, once, query } from '../query.js'

export interface Row extends Omit<Submission, 'links' | 'submittedAt' | 'onBehalf'> {
  links: string
  onBehalf: number
  submittedAt: string
}

export const fromRow = (r: Row): Submission => ({
  ...r,
  links: JSON.parse(r.links) as string[],
  submittedAt: new Date(r.submittedAt),
  onBehalf: r.onBehalf === 1,
})

/** Field by field: spreading an object of this size would cost half as much as its insert. */
const toRow = (s: Submission, requestKey: string | null = null): Row & { requestKey: string | null } => ({
  id: s.id,
  workspaceId: s.workspaceId,
  campaignId: s.campaignId,
  unitId: s.unitId,
  criterion: s.criterion,
  number: s.number,
  state: s.state,
  text: s.text,
  doneOn: s.doneOn,
  figure: s.figure,
  figureUnit: s.figureUnit,
  links: JSON.stringify(s.links),
  authorId: s.authorId,
  submittedAt: s.submittedAt.toISOString(),
  round: s.round,
  onBehalf: s.onBehalf ? 1 : 0,
  requestKey,
})

const columns = <T extends string>(t: T) =>
  [
    `${t}.id`,
    `${t}.workspace_id as workspaceId`,
    `${t}.campaign_id as campaignId`,
    `${t}.unit_id as unitId`,
    `${t}.criterion`,
    `${t}.number`,
    `${t}.state`,
    `${t}.text`,
    `${t}.done_on as doneOn`,
    `${t}.figure`,
    `${t}.figure_unit as figureUnit`,
    `${t}.links`,
    `${t}.author_id as authorId`,
    `${t}.submitted_at as submittedAt`,
    `${t}.round`,
    `${t}.on_behalf as onBehalf`,
  ] as const
export const select = (db: Builder) => db.selectFrom('submission').select(columns('submission'))

export { fromRow as submissionOf, type Row as SubmissionRow, select as selectSubmission }

/** SQLite has one writer at a time, so no other transaction can take the next number. */
const lastNumber = cachedQuery<{ campaignId: string }, { last: number | null }>(
  (db, p) =>
    db
      .selectFrom('submission')
      .select((e) => e.fn.max('number').as('last'))
      .where('campaign_id', '=', p.campaignId) as never,
)

const insert = query<Row & { requestKey: string | null }, never>((db, p) =>
  db.insertInto('submission').values({
    id: p.id,
    workspace_id: p.workspaceId,
    campaign_id: p.campaignId,
    unit_id: p.unitId,
    criterion: p.criterion,
    number: p.number,
    state: p.state,
    text: p.text,
    done_on: p.doneOn,
    figure: p.figure,
    figure_unit: p.figureUnit,
    links: p.links,
    author_id: p.authorId,
    submitted_at: p.submittedAt,
    round: p.round,
    updated_at: p.submittedAt,
    request_key: p.requestKey,
    on_behalf: p.onBehalf,
  }),
)

const byRequest = query<{ workspaceId: string; requestKey: string }, Row>((db, p) =>
  select(db).where('workspace_id', '=', p.workspaceId).where('request_key', '=', p.requestKey),
)

const ofForm = query<{ workspaceId: string; from: string; to: string }, Row & { requestKey: string }>(
  (db, p) =>
    select(db)
      .select('request_key as requestKey')
      .where('workspace_id', '=', p.workspaceId)
      .where('request_key', '>=', p.from)
      .where('request_key', '<', p.to) as never,
)

const byId = query<{ workspaceId: string; id: string }, Row>((db, p) =>
  select(db).where('workspace_id', '=', p.workspaceId).where('id', '=', p.id),
)

const ofCell = query<{ campaignId: string; unitId: string; criterion: string }, Row>((db, p) =>
  select(db)
    .where('campaign_id', '=', p.campaignId)
    .where('unit_id', '=', p.unitId)
    .where('criterion', '=', p.criterion)
    .where('state', '!=', 'withdrawn')
    .orderBy('number', 'desc'),
)

/**
 * Finds submissions through the cells that have any: there are few cells, and each is one index look-up. SQLite keeps
 * the order of a cross join; without it, it would scan every submission.
 */
const throughCells = (db: Builder, p: { campaignId: string }) =>
  db
    .selectFrom('tally')
    .crossJoin('submission as s')
    .whereRef('s.campaign_id', '=', 'tally.campaign_id')
    .whereRef('s.unit_id', '=', 'tally.unit_id')
    .whereRef('s.criterion', '=', 'tally.criterion')
    .where('tally.campaign_id', '=', p.campaignId)
const ofAuthor = (db: Builder, p: { campaignId: string; authorId: string }) =>
  throughCells(db, p).where('s.author_id', '=', p.authorId).where('s.state', '!=', 'withdrawn')
const latestOfAuthor = query<{ campaignId: string; authorId: string; limit: number }, Row>((db, p) =>
  ofAuthor(db, p)
    .select(columns('s'))
    .orderBy((e) => e.case().when('s.state', '=', 'returned').then(0).else(1).end())
    .orderBy('s.number', 'desc')
    .limit(p.limit),
)

const countOfAuthor = query<{ campaignId: string; authorId: string }, { state: SubmissionState; n: number | string }>(
  (db, p) =>
    ofAuthor(db, p)
      .select(['s.state', (e) => e.fn.countAll<number | string>().as('n')])
      .groupBy('s.state'),
)

const waitingOf = query<{ campaignId: string; unitId: string; limit: number }, Row>((db, p) =>
  throughCells(db, p)
    .select(columns('s'))
    .where('tally.unit_id', '=', p.unitId)
    .where('tally.submitted', '>', 0)
    .where('s.state', '=', 'submitted')
    .orderBy('s.number')
    .limit(p.limit),
)

const newestEvent = (db: Builder, p: { campaignId: string; unitId: string; states: readonly SubmissionState[] }) =>
  throughCells(db, p)
    .innerJoin('submission_event as e', 'e.submission_id', 's.id')
    .select((f) => f.fn.max('e.id').as('id'))
    .where('tally.unit_id', '=', p.unitId)
    .where('s.state', 'in', [...p.states])

const updateContent = query<Row & { now: string }, never>((db, p) =>
  db
    .updateTable('submission')
    .set({
      unit_id: p.unitId,
      criterion: p.criterion,
      state: p.state,
      round: p.round,
      text: p.text,
      done_on: p.doneOn,
      figure: p.figure,
      figure_unit: p.figureUnit,
      links: p.links,
      updated_at: p.now,
      on_behalf: p.onBehalf,
    })
    .where('workspace_id', '=', p.workspaceId)
    .where('id', '=', p.id),
)

const setState = query<{ workspaceId: string; id: string; state: SubmissionState; now: string }, never>((db, p) =>
  db
    .updateTable('submission')
    .set({ state: p.state, updated_at: p.now })
    .where('workspace_id', '=', p.workspaceId)
    .where('id', '=', p.id),
)

const addEvent = query<Omit<SubmissionEvent, 'at'> & { workspaceId: string; at: string }, never>((db, p) =>
  db.insertInto('submission_event').values({
    id: p.id,
    workspace_id: p.workspaceId,
    submission_id: p.submissionId,
    from_state: p.from,
    to_state: p.to,
    by_id: p.byId,
    at: p.at,
    reason: p.reason,
    what: p.what,
  }),
)

export type EventRow = Omit<SubmissionEvent, 'at'> & { at: string; byName: string }
export const eventColumns = [
  'e.id',
  'e.submission_id as submissionId',
  'e.from_state as from',
  'e.to_state as to',
  'e.by_id as byId',
  'e.at',
  'e.reason',
  'e.what',
  'person.full_name as byName',
] as const

const events = (db: Builder, submissionId: string) =>
  db
    .selectFrom('submission_event as e')
    .innerJoin('person', 'person.id', 'e.by_id')
    .select(eventColumns)
    .where('e.submission_id', '=', submissionId)
    .orderBy('e.id', 'desc')
    .limit(1)
const lastEvent = query<{ submissionId: string }, EventRow>((db, p) => events(db, p.submissionId))
const lastWriting = query<{ submissionId: string }, EventRow>((db, p) =>
  events(db, p.submissionId).where('e.to_state', '=', 'submitted'),
)

const eventOf = (row: EventRow | undefined) => row && { ...row, at: new Date(row.at) }

export const submissionRows = (
  exec: Exec,
): Omit<Submissions, 'events' | 'latestEvents' | 'byNumber' | 'writtenBy' | 'ofSameDay' | 'withSameFile'> => {
  /** The last number of each campaign. */
  const lastNumbers = new Map<string, number>()
  return {
    async nextNumber(campaignId) {
      const number = (first(await lastNumber(exec, { campaignId }))?.last ?? 0) + 1
      lastNumbers.set(campaignId, number)
      return number
    },
    async insert(submission, requestKey) {
      await insert(exec, toRow(submission, requestKey))
      const { campaignId, number } = submission
      if (lastNumbers.get(campaignId) === number) lastNumber.set(exec, { campaignId }, [{ last: number }])
    },
    byRequest: async (workspaceId, requestKey) => {
      const row = first(await byRequest(exec, { workspaceId, requestKey }))
      return row && fromRow(row)
    },
    async ofForm(workspaceId, key) {
      // The character after a colon: everything that begins with the key sorts before it.
      const rows = await ofForm(exec, { workspaceId, from: key, to: `${key.slice(0, -1)};` })
      return rows.map((r) => Object.assign(fromRow(r), { requestKey: r.requestKey }))
    },
    byId: async (workspaceId, id) => {
      const row = first(await byId(exec, { workspaceId, id }))
      return row && fromRow(row)
    },
    ofCell: async (campaignId, unitId, criterion) =>
      (await ofCell(exec, { campaignId, unitId, criterion })).map(fromRow),
    ofAuthor: async (campaignId, authorId, limit) =>
      (await latestOfAuthor(exec, { campaignId, authorId, limit })).map(fromRow),
    async countOfAuthor(campaignId, authorId) {
      const rows = await countOfAuthor(exec, { campaignId, authorId })
      return Object.fromEntries(rows.map((r) => [r.state, Number(r.n)]))
    },
    waitingOf: async (campaignId, unitId, limit) => (await waitingOf(exec, { campaignId, unitId, limit })).map(fromRow),
    newestEvent: async (campaignId, unitId, states) =>
      first(await once<{ id: string | null }>(exec, (db) => newestEvent(db, { campaignId, unitId, states })))?.id ??
      undefined,
    async updateContent(submission, now) {
      await updateContent(exec, { ...toRow(submission), now: now.toISOString() })
    },
    async setState(workspaceId, id, state, now) {
      await setState(exec, { workspaceId, id, state, now: now.toISOString() })
    },
    async addEvent(workspaceId, { id, submissionId, from, to, byId, at, reason, what }) {
      await addEvent(exec, { id, workspaceId, submissionId, from, to, byId, at: at.toISOString(), reason, what })
    },
    lastEvent: async (submissionId) => eventOf(first(await lastEvent(exec, { submissionId }))),
    lastWriting: async (submissionId) => eventOf(first(await lastWriting(exec, { submissionId }))),
  }
}
