import type { ReportItem, UnitReport, UnitReportContent, UnitReportEvent } from '../../core/report/report.js'
import type { UnitReports } from '../../core/report/rows.js'
import { change, type Exec, first, query } from '../query.js'
import { counts, fromLine, type OfReview, owing, owingReportOnly, page } from './report-lines.js'

interface Row extends Omit<UnitReport, 'last' | 'textBy' | 'withheld'> {
  withheld: string | null
  changedBy: string | null
  changedByName: string | null
  changedAt: string | null
  reason: string | null
  textById: string | null
  textByName: string | null
  textAt: string | null
}

const fromRow = ({
  changedBy,
  changedByName,
  changedAt,
  reason,
  textById,
  textByName,
  textAt,
  withheld,
  ...r
}: Row): UnitReport => ({
  ...r,
  last:
    changedBy && changedAt ? { byId: changedBy, byName: changedByName ?? '', at: new Date(changedAt), reason } : null,
  withheld: withheld === null ? [] : (JSON.parse(withheld) as string[]),
  textBy: textById && textAt ? { id: textById, name: textByName ?? '', at: new Date(textAt) } : null,
})

const of = query<OfReview & { unitId: string }, Row>((db, p) =>
  db
    .selectFrom('unit_report as r')
    .leftJoin('person as by', 'by.id', 'r.changed_by')
    .leftJoin('person as writer', 'writer.id', 'r.text_by')
    .select([
      'r.id',
      'r.workspace_id as workspaceId',
      'r.campaign_id as campaignId',
      'r.review_kind as kind',
      'r.unit_id as unitId',
      'r.state',
      'r.round',
      'r.changed_by as changedBy',
      'by.full_name as changedByName',
      'r.changed_at as changedAt',
      'r.reason',
      'r.self_assessment as selfAssessment',
      'r.difficulties',
      'r.text_form as textForm',
      'r.text_version as textVersion',
      'r.withheld',
      'r.text_by as textById',
      'writer.full_name as textByName',
      'r.text_at as textAt',
    ])
    .where('r.campaign_id', '=', p.campaignId)
    .where('r.review_kind', '=', p.kind)
    .where('r.unit_id', '=', p.unitId),
)

const open = query<OfReview & { id: string; workspaceId: string; unitId: string }, never>((db, p) =>
  db.insertInto('unit_report').values({
    id: p.id,
    workspace_id: p.workspaceId,
    campaign_id: p.campaignId,
    review_kind: p.kind,
    unit_id: p.unitId,
    state: 'draft',
    round: 0,
    self_assessment: '',
    difficulties: '',
    text_typed_at: 0,
    text_version: 0,
  }),
)

const keepTexts = query<
  { id: string; selfAssessment: string; difficulties: string; form: string; micros: number; by: string; at: string },
  never
>((db, p) =>
  db
    .updateTable('unit_report')
    .set((e) => ({
      self_assessment: p.selfAssessment,
      difficulties: p.difficulties,
      text_version: e
        .case()
        .when('text_form', '=', p.form)
        .then(e.ref('text_version'))
        .else(e('text_version', '+', 1))
        .end(),
      text_form: p.form,
      text_typed_at: p.micros,
      text_by: p.by,
      text_at: p.at,
    }))
    .where('id', '=', p.id)
    .where((e) => e.or([e('text_form', 'is', null), e('text_form', '!=', p.form), e('text_typed_at', '<', p.micros)])),
)

const withhold = query<{ id: string; selfAssessment: string; difficulties: string; withheld: string }, never>((db, p) =>
  db
    .updateTable('unit_report')
    .set({ self_assessment: p.selfAssessment, difficulties: p.difficulties, withheld: p.withheld })
    .where('id', '=', p.id),
)

type Event = Omit<UnitReportEvent, 'at'> & { at: string }
const move = change<Event>((db, p) =>
  db
    .updateTable('unit_report')
    .set({ state: p.to, round: p.round, changed_by: p.byId, changed_at: p.at, reason: p.reason })
    .where('id', '=', p.reportId)
    .where('state', '=', p.from),
)

const addEvent = query<Event & { workspaceId: string }, never>((db, p) =>
  db.insertInto('unit_report_event').values({
    id: p.id,
    workspace_id: p.workspaceId,
    report_id: p.reportId,
    from_state: p.from,
    to_state: p.to,
    round: p.round,
    by_id: p.byId,
    at: p.at,
    reason: p.reason,
  }),
)

const events = query<{ id: string }, Event>((db, p) =>
  db
    .selectFrom('unit_report_event')
    .select([
      'id',
      'report_id as reportId',
      'from_state as from',
      'to_state as to',
      'round',
      'by_id as byId',
      'at',
      'reason',
    ])
    .where('report_id', '=', p.id)
    .orderBy('id'),
)

const putSent = query<
  { workspaceId: string; id: string; round: number; by: string; at: string; content: string },
  never
>((db, p) =>
  db.insertInto('unit_report_sent').values({
    workspace_id: p.workspaceId,
    report_id: p.id,
    round: p.round,
    by_id: p.by,
    at: p.at,
    content: p.content,
  }),
)

const sent = query<
  { id: string; round: number },
  { round: number; byId: string; byName: string; at: string; content: string }
>((db, p) =>
  db
    .selectFrom('unit_report_sent as s')
    .innerJoin('person', 'person.id', 's.by_id')
    .select(['s.round', 's.by_id as byId', 'person.full_name as byName', 's.at', 's.content'])
    .where('s.report_id', '=', p.id)
    .where('s.round', '=', p.round),
)

const evidence = query<
  { campaignId: string; unitId: string },
  Omit<ReportItem, 'links'> & { criterion: string; links: string }
>((db, p) =>
  db
    .selectFrom('submission')
    .select(['id', 'criterion', 'number', 'text', 'done_on as doneOn', 'figure', 'figure_unit as figureUnit', 'links'])
    .select((e) => e.ref('state').$castTo<ReportItem['state']>().as('state'))
    .where('campaign_id', '=', p.campaignId)
    .where('unit_id', '=', p.unitId)
    .where('state', 'in', ['confirmed', 'accepted'])
    .orderBy('number'),
)

export const unitReportRows = (exec: Exec): UnitReports => ({
  async of(campaignId, kind, unitId) {
    const row = first(await of(exec, { campaignId, kind, unitId }))
    return row && fromRow(row)
  },
  async open({ id, workspaceId, campaignId, kind, unitId }) {
    await open(exec, { id, workspaceId, campaignId, kind, unitId })
  },
  async keepTexts(id, { selfAssessment, difficulties }, form, micros, by, now) {
    await keepTexts(exec, { id, selfAssessment, difficulties, form, micros, by, at: now.toISOString() })
  },
  async withhold(id, { selfAssessment, difficulties }, withheld, erases) {
    await withhold(exec, { id, selfAssessment, difficulties, withheld: JSON.stringify(withheld) })
    if (erases) exec.eraseLog()
  },
  move: async (event) => (await move(exec, { ...event, at: event.at.toISOString() })) > 0,
  async addEvent(workspaceId, event) {
    await addEvent(exec, { ...event, workspaceId, at: event.at.toISOString() })
  },
  events: async (id) => (await events(exec, { id })).map((e) => ({ ...e, at: new Date(e.at) })),
  async putSent(workspaceId, { id, round }, content, by, now) {
    await putSent(exec, { workspaceId, id, round, by, at: now.toISOString(), content: JSON.stringify(content) })
  },
  async sent(id, round) {
    const row = first(await sent(exec, { id, round }))
    return row && { ...row, at: new Date(row.at), content: JSON.parse(row.content) as UnitReportContent }
  },
  async evidence(campaignId, unitId) {
    const rows = await evidence(exec, { campaignId, unitId })
    return rows.map((r) => ({ ...r, links: JSON.parse(r.links) as string[] }))
  },
  page: async (campaignId, kind, limit, offset) =>
    (await page(exec, { campaignId, kind, limit, offset })).map(fromLine),
  async counts(campaignId, kind) {
    const out = { draft: 0, sent: 0, approved: 0, rejected: 0 }
    for (const { state, n } of await counts(exec, { campaignId, kind })) out[state ?? 'draft'] += Number(n)
    return out
  },
  owingReportOnly: async (campaignId, kind) => Number(first(await owingReportOnly(exec, { campaignId, kind }))?.n ?? 0),
  owing: (campaignId, kind) => owing(exec, { campaignId, kind }),
})
