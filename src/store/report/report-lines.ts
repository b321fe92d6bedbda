import { sql } from 'kysely'
import type { ReviewKind } from '../../core/campaign/review.js'
import type { Owing, UnitReportLine } from '../../core/report/rows.js'
import type { UnitReportState } from '../../core/report/state.js'
import { query } from '../query.js'

export type OfReview = { campaignId: string; kind: ReviewKind }

interface LineRow {
  unitId: string
  code: string
  name: string
  have: number
  missing: number
  state: UnitReportState | null
  byName: string | null
  at: string | null
}

/** Every reporting unit has a summary line for each review, but a report only after its first edit. */
const lines = (db: Parameters<Parameters<typeof query>[0]>[0], p: OfReview) =>
  db
    .selectFrom('standing')
    .leftJoin('unit_report as r', (j) =>
      j
        .onRef('r.campaign_id', '=', 'standing.campaign_id')
        .onRef('r.review_kind', '=', 'standing.review_kind')
        .onRef('r.unit_id', '=', 'standing.unit_id'),
    )
    .where('standing.campaign_id', '=', p.campaignId)
    .where('standing.review_kind', '=', p.kind)
export const page = query<OfReview & { limit: number; offset: number }, LineRow>((db, p) =>
  lines(db, p)
    .innerJoin('unit', 'unit.id', 'standing.unit_id')
    .leftJoin('person', 'person.id', 'r.changed_by')
    .select([
      'standing.unit_id as unitId',
      'unit.code',
      'unit.name',
      'standing.have',
      'standing.missing_count as missing',
      'r.state',
      'person.full_name as byName',
      'r.changed_at as at',
    ])
    .orderBy(
      sql`case coalesce(r.state, 'draft') when 'sent' then 0 when 'draft' then 1 when 'rejected' then 2 else 3 end`,
    )
    .orderBy('standing.position')
    .limit(p.limit)
    .offset(p.offset),
)

export const counts = query<OfReview, { state: UnitReportState | null; n: number | string }>((db, p) =>
  lines(db, p)
    .select((e) => ['r.state', e.fn.countAll<number | string>().as('n')])
    .groupBy('r.state'),
)

export const fromLine = (r: LineRow): UnitReportLine => ({
  unit: { id: r.unitId, code: r.code, name: r.name },
  state: r.state ?? 'draft',
  last: r.at === null ? null : { byName: r.byName ?? '', at: new Date(r.at) },
  have: r.have,
  missing: r.missing,
})

export const owing = query<OfReview, Owing>(
  (db, p) =>
    db
      .selectFrom('standing as s')
      .leftJoin('unit_report as r', (j) =>
        j
          .onRef('r.campaign_id', '=', 's.campaign_id')
          .onRef('r.review_kind', '=', 's.review_kind')
          .onRef('r.unit_id', '=', 's.unit_id'),
      )
      .select((e) => [
        's.unit_id as unitId',
        's.missing_count as missing',
        e.fn.coalesce('r.state', e.val('draft')).as('report'),
      ])
      .where('s.campaign_id', '=', p.campaignId)
      .where('s.review_kind', '=', p.kind)
      .where((e) =>
        e.or([e('s.missing_count', '>', 0), e('r.state', 'is', null), e('r.state', 'in', ['draft', 'rejected'])]),
      )
      .orderBy('s.position') as never,
)

export const owingReportOnly = query<OfReview, { n: number | string }>((db, p) =>
  db
    .selectFrom('standing as s')
    .leftJoin('unit_report as r', (j) =>
      j
        .onRef('r.campaign_id', '=', 's.campaign_id')
        .onRef('r.review_kind', '=', 's.review_kind')
        .onRef('r.unit_id', '=', 's.unit_id'),
    )
    .select((e) => e.fn.countAll<number | string>().as('n'))
    .where('s.campaign_id', '=', p.campaignId)
    .where('s.review_kind', '=', p.kind)
    .where('s.missing_count', '=', 0)
    .where((e) => e.or([e('r.state', 'is', null), e('r.state', 'in', ['draft', 'rejected'])])),
)
