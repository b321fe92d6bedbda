import type { InsertResult } from 'kysely'
import type { ReviewKind } from '../../core/campaign/review.js'
import type { SummaryTotals } from '../../core/progress/progress.js'
import type { UnitReportState } from '../../core/report/state.js'
import type { ClosedSubmission, ClosedUnit, Closing, Closings, SubmissionAt } from '../../core/review/closing.js'
import { bulk, change, type Exec, first, query } from '../query.js'

interface Row {
  id: string
  workspaceId: string
  campaignId: string
  kind: ReviewKind
  reviewDate: string
  closedBy: string
  closedAt: string
  groups: string
  totals: string
  reopenedBy: string | null
  reopenedAt: string | null
  reopenReason: string | null
}

const columns = [
  'id',
  'workspace_id as workspaceId',
  'campaign_id as campaignId',
  'review_kind as kind',
  'review_date as reviewDate',
  'closed_by as closedBy',
  'closed_at as closedAt',
  'plan_groups as groups',
  'totals',
  'reopened_by as reopenedBy',
  'reopened_at as reopenedAt',
  'reopen_reason as reopenReason',
] as const

const fromRow = ({ reopenedBy, reopenedAt, reopenReason, ...r }: Row): Closing => ({
  ...r,
  closedAt: new Date(r.closedAt),
  groups: JSON.parse(r.groups) as Closing['groups'],
  totals: JSON.parse(r.totals) as SummaryTotals,
  reopened:
    reopenedBy && reopenedAt ? { byId: reopenedBy, at: new Date(reopenedAt), reason: reopenReason ?? '' } : null,
})

const byId = query<{ id: string }, Row>((db, p) => db.selectFrom('closing').select(columns).where('id', '=', p.id))

const ofCampaign = query<{ campaignId: string }, Row>((db, p) =>
  db.selectFrom('closing').select(columns).where('campaign_id', '=', p.campaignId).orderBy('id'),
)

const touchedBy = query<{ workspaceId: string; personId: string }, { id: string }>((db, p) =>
  db
    .selectFrom('closing')
    .select('id')
    .where('workspace_id', '=', p.workspaceId)
    .where((e) => e.or([e('closed_by', '=', p.personId), e('reopened_by', '=', p.personId)])),
)

const add = query<Omit<Row, 'reopenedBy' | 'reopenedAt' | 'reopenReason'>, never>((db, p) =>
  db.insertInto('closing').values({
    id: p.id,
    workspace_id: p.workspaceId,
    campaign_id: p.campaignId,
    review_kind: p.kind,
    review_date: p.reviewDate,
    closed_by: p.closedBy,
    closed_at: p.closedAt,
    plan_groups: p.groups,
    totals: p.totals,
  }),
)

const reopen = change<{ id: string; byId: string; at: string; reason: string }>((db, p) =>
  db
    .updateTable('closing')
    .set({ reopened_by: p.byId, reopened_at: p.at, reopen_reason: p.reason })
    .where('id', '=', p.id)
    .where('reopened_at', 'is', null),
)

interface UnitRow {
  unitId: string
  code: string
  name: string
  position: number
  have: number
  waiting: number
  missing: string
  cells: string
  reportState: UnitReportState
  reportRound: number
  reportAt: string | null
}

type Part = { workspaceId: string; closingId: string }
const addUnits = bulk<UnitRow, InsertResult, Part>((db, rows, shared) =>
  db.insertInto('closing_unit').values(
    rows.map((r) => ({
      workspace_id: shared.workspaceId,
      closing_id: shared.closingId,
      unit_id: r.unitId,
      code: r.code,
      name: r.name,
      position: r.position,
      have: r.have,
      waiting: r.waiting,
      missing: r.missing,
      cells: r.cells,
      report_state: r.reportState,
      report_round: r.reportRound,
      report_at: r.reportAt,
    })),
  ),
)

interface SubmissionRow extends SubmissionAt {
  item: string | null
}

const addSubmissions = bulk<SubmissionRow, InsertResult, Part>((db, rows, shared) =>
  db.insertInto('closing_submission').values(
    rows.map((r) => ({
      workspace_id: shared.workspaceId,
      closing_id: shared.closingId,
      submission_id: r.id,
      unit_id: r.unitId,
      criterion: r.criterion,
      state: r.state,
      item: r.item,
    })),
  ),
)

const unitColumns = [
  'unit_id as unitId',
  'code',
  'name',
  'position',
  'have',
  'waiting',
  'missing',
  'cells',
  'report_state as reportState',
  'report_round as reportRound',
  'report_at as reportAt',
] as const

const units = query<{ id: string }, UnitRow>((db, p) =>
  db.selectFrom('closing_unit').select(unitColumns).where('closing_id', '=', p.id).orderBy('position'),
)

const unit = query<{ id: string; unitId: string }, UnitRow>((db, p) =>
  db.selectFrom('closing_unit').select(unitColumns).where('closing_id', '=', p.id).where('unit_id', '=', p.unitId),
)

const toUnit = ({ missing, cells, reportState, reportRound, reportAt, ...r }: UnitRow): ClosedUnit => ({
  ...r,
  missing: missing === '' ? [] : missing.split(' '),
  cells: JSON.parse(cells) as ClosedUnit['cells'],
  report: { state: reportState, round: reportRound, at: reportAt === null ? null : new Date(reportAt) },
})

const submissionColumns = ['submission_id as id', 'unit_id as unitId', 'criterion', 'state', 'item'] as const
const toSubmission = ({ item, ...r }: SubmissionRow): ClosedSubmission => ({
  ...r,
  item: item === null ? null : (JSON.parse(item) as ClosedSubmission['item']),
})
const submissions = query<{ id: string }, SubmissionRow>((db, p) =>
  db.selectFrom('closing_submission').select(submissionColumns).where('closing_id', '=', p.id),
)

const ofUnit = query<{ id: string; unitId: string }, SubmissionRow>((db, p) =>
  db
    .selectFrom('closing_submission')
    .select(submissionColumns)
    .where('closing_id', '=', p.id)
    .where('unit_id', '=', p.unitId),
)

const one = query<{ id: string; submissionId: string }, SubmissionRow>((db, p) =>
  db
    .selectFrom('closing_submission')
    .select(submissionColumns)
    .where('closing_id', '=', p.id)
    .where('submission_id', '=', p.submissionId),
)

/** Ids of events sort in the order in which they were made. */
const before = query<{ campaignId: string; eventId: string }, SubmissionAt>((db, p) =>
  db
    .selectFrom('submission as s')
    .innerJoin('submission_event as e', (j) =>
      j.onRef('e.submission_id', '=', 's.id').on('e.id', '=', (q) =>
        q
          .selectFrom('submission_event as last')
          .select((f) => f.fn.max('last.id').as('id'))
          .whereRef('last.submission_id', '=', 's.id')
          .where('last.id', '<', p.eventId),
      ),
    )
    .select(['s.id', 's.unit_id as unitId', 's.criterion', 'e.to_state as state'])
    .where('s.campaign_id', '=', p.campaignId),
)

export const closingRows = (exec: Exec): Closings => ({
  async add({ reopened: _, ...closing }, unitRows, submissionRows) {
    const { workspaceId, id: closingId } = closing
    const [groups, totals] = [JSON.stringify(closing.groups), JSON.stringify(closing.totals)]
    await add(exec, { ...closing, groups, totals, closedAt: closing.closedAt.toISOString() })
    const rows = unitRows.map(({ missing, cells, report, ...r }) => ({
      ...r,
      missing: missing.join(' '),
      cells: JSON.stringify(cells),
      reportState: report.state,
      reportRound: report.round,
      reportAt: report.at?.toISOString() ?? null,
    }))
    await addUnits(exec, rows, { workspaceId, closingId })
    const handedIn = submissionRows.map((r) => ({ ...r, item: r.item && JSON.stringify(r.item) }))
    await addSubmissions(exec, handedIn, { workspaceId, closingId })
  },
  async byId(id) {
    const row = first(await byId(exec, { id }))
    return row && fromRow(row)
  },
  ofCampaign: async (campaignId) => (await ofCampaign(exec, { campaignId })).map(fromRow),
  units: async (id) => (await units(exec, { id })).map(toUnit),
  async unit(id, unitId) {
    const row = first(await unit(exec, { id, unitId }))
    return row && toUnit(row)
  },
  submissions: async (id) => (await submissions(exec, { id })).map(toSubmission),
  stateOf: async (id, submissionId) => first(await one(exec, { id, submissionId }))?.state,
  submissionsOf: async (id, unitId) => (await ofUnit(exec, { id, unitId })).map(toSubmission),
  statesBefore: (campaignId, eventId) => before(exec, { campaignId, eventId }),
  touchedBy: async (workspaceId, personId) => (await touchedBy(exec, { workspaceId, personId })).map((r) => r.id),
  reopen: async (id, byId, reason, now) => (await reopen(exec, { id, byId, reason, at: now.toISOString() })) > 0,
})
