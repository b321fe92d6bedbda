import { sql } from 'kysely'
import type { ReviewKind } from '../../core/campaign/review.js'
import type { Unit } from '../../core/people/unit.js'
import { type Standing, type SummaryTotals, summaryState, type Tally } from '../../core/progress/progress.js'
import type { CriterionTotals, Progress, StandingRow } from '../../core/progress/progress-rows.js'
import { type Exec, first, once, query } from '../query.js'
import { tallyRows } from './tally.js'

type Kind = { campaignId: string; kind: ReviewKind }

type Line = { have: number; waiting: number; missing: string; missingCount: number; position: number }
const putStanding = query<Kind & Line & { workspaceId: string; unitId: string }, never>((db, p) =>
  db
    .insertInto('standing')
    .values({
      workspace_id: p.workspaceId,
      campaign_id: p.campaignId,
      review_kind: p.kind,
      unit_id: p.unitId,
      position: p.position,
      have: p.have,
      waiting: p.waiting,
      missing: p.missing,
      missing_count: p.missingCount,
    })
    .onConflict((c) =>
      c.columns(['campaign_id', 'review_kind', 'unit_id']).doUpdateSet({
        position: p.position,
        have: p.have,
        waiting: p.waiting,
        missing: p.missing,
        missing_count: p.missingCount,
      }),
    ),
)

type StandingSelect = { unitId: string; have: number; waiting: number; missing: string }
const standingColumns = ['standing.unit_id as unitId', 'have', 'waiting', 'missing'] as const
const toStanding = (r: StandingSelect): Standing => ({
  unitId: r.unitId,
  have: r.have,
  waiting: r.waiting,
  missing: r.missing === '' ? [] : r.missing.split(' '),
})

const page = query<Kind & { limit: number; offset: number }, StandingSelect & { code: string; name: string }>((db, p) =>
  db
    .selectFrom('standing')
    .innerJoin('unit', 'unit.id', 'standing.unit_id')
    .select([...standingColumns, 'unit.code', 'unit.name'])
    .where('campaign_id', '=', p.campaignId)
    .where('review_kind', '=', p.kind)
    .orderBy('have')
    .orderBy('standing.position')
    .limit(p.limit)
    .offset(p.offset),
)

const totals = query<Kind, { totals: string; version: number }>((db, p) =>
  db
    .selectFrom('summary')
    .select(['totals', 'version'])
    .where('campaign_id', '=', p.campaignId)
    .where('review_kind', '=', p.kind),
)

const putTotals = query<Kind & { workspaceId: string; totals: string }, never>((db, p) =>
  db
    .insertInto('summary')
    .values({
      workspace_id: p.workspaceId,
      campaign_id: p.campaignId,
      review_kind: p.kind,
      totals: p.totals,
      version: 1,
    })
    .onConflict((c) =>
      c
        .columns(['campaign_id', 'review_kind'])
        .doUpdateSet((e) => ({ totals: p.totals, version: e('summary.version', '+', 1) })),
    ),
)

const touchTotals = query<{ campaignId: string }, never>((db, p) =>
  db
    .updateTable('summary')
    .set((e) => ({ version: e('summary.version', '+', 1) }))
    .where('campaign_id', '=', p.campaignId),
)

const standings = query<Kind, StandingSelect>((db, p) =>
  db
    .selectFrom('standing')
    .select(standingColumns)
    .where('campaign_id', '=', p.campaignId)
    .where('review_kind', '=', p.kind)
    .orderBy('position'),
)

const oneStanding = query<Kind & { unitId: string }, StandingSelect>((db, p) =>
  db
    .selectFrom('standing')
    .select(standingColumns)
    .where('campaign_id', '=', p.campaignId)
    .where('review_kind', '=', p.kind)
    .where('unit_id', '=', p.unitId),
)

/** Codes in `missing` are separated by spaces. */
const unitsMissing = query<Kind & { pattern: string }, Unit>((db, p) =>
  db
    .selectFrom('standing')
    .innerJoin('unit', 'unit.id', 'standing.unit_id')
    .select(['unit.id', 'unit.code', 'unit.name', 'unit.kind', 'unit.position'])
    .where('campaign_id', '=', p.campaignId)
    .where('review_kind', '=', p.kind)
    .where(sql`' ' || standing.missing || ' '`, 'like', p.pattern)
    .orderBy('standing.position'),
)

type CellRow = Tally & { unitId: string; criterion: string; nil: number | string }
const cells = query<Kind, CellRow>((db, p) =>
  db
    .selectFrom('tally')
    .innerJoin('standing', (j) =>
      j.onRef('standing.unit_id', '=', 'tally.unit_id').onRef('standing.campaign_id', '=', 'tally.campaign_id'),
    )
    .leftJoin('nil_report', (j) =>
      j
        .onRef('nil_report.campaign_id', '=', 'tally.campaign_id')
        .onRef('nil_report.unit_id', '=', 'tally.unit_id')
        .onRef('nil_report.criterion', '=', 'tally.criterion')
        .on('nil_report.review_kind', '=', p.kind),
    )
    .select([
      'tally.unit_id as unitId',
      'tally.criterion',
      'submitted',
      'confirmed',
      'accepted',
      'returned',
      'paper',
      sql<number>`case when nil_report.at is null then 0 else 1 end`.as('nil'),
    ])
    .where('tally.campaign_id', '=', p.campaignId)
    .where('standing.review_kind', '=', p.kind),
)

export const progressRows = (exec: Exec): Progress => ({
  ...tallyRows(exec),
  async putStanding(workspaceId, campaignId, kind, unit, standing) {
    await putStanding(exec, {
      workspaceId,
      campaignId,
      kind,
      unitId: unit.id,
      position: unit.position,
      have: standing.have,
      waiting: standing.waiting,
      missing: standing.missing.join(' '),
      missingCount: standing.missing.length,
    })
  },
  async page(campaignId, kind, limit, offset): Promise<StandingRow[]> {
    const rows = await page(exec, { campaignId, kind, limit, offset })
    return rows.map((r) => ({ ...toStanding(r), unit: { id: r.unitId, code: r.code, name: r.name } }))
  },
  async totals(campaignId, kind) {
    const row = first(await totals(exec, { campaignId, kind }))
    return row && { ...(JSON.parse(row.totals) as SummaryTotals), version: row.version }
  },
  async putTotals(workspaceId, campaignId, kind, value) {
    await putTotals(exec, { workspaceId, campaignId, kind, totals: JSON.stringify(value) })
  },
  async touchTotals(campaignId) {
    await touchTotals(exec, { campaignId })
  },
  standings: async (campaignId, kind) => (await standings(exec, { campaignId, kind })).map(toStanding),
  async missingByCriterion(campaignId, kind, criteria) {
    const rows = await cells(exec, { campaignId, kind })
    const units = (await this.totals(campaignId, kind))?.units ?? 0
    const nils = await nilsWithoutTally(exec, campaignId, kind)
    const by = new Map<string, CriterionTotals>(
      criteria.map((criterion) => [
        criterion,
        { criterion, accepted: 0, confirmed: 0, waiting: 0, nil: 0, returned: 0, missing: 0, paper: 0 },
      ]),
    )
    for (const row of rows) {
      const line = by.get(row.criterion)
      if (!line) continue
      line[summaryState(row, Number(row.nil) === 1)] += 1
      if (row.paper > 0) line.paper += 1
    }
    for (const { criterion } of nils) {
      const line = by.get(criterion)
      if (line) line.nil += 1
    }
    for (const line of by.values())
      line.missing = units - line.accepted - line.confirmed - line.waiting - line.nil - line.returned
    return [...by.values()]
  },
  unitsMissing: (campaignId, kind, criterion) => unitsMissing(exec, { campaignId, kind, pattern: `% ${criterion} %` }),
  async standing(campaignId, kind, unitId) {
    const row = first(await oneStanding(exec, { campaignId, kind, unitId }))
    return row && toStanding(row)
  },
  async criteriaWithEvidence(campaignId) {
    const rows = await once<{ criterion: string }>(exec, (db) =>
      db
        .selectFrom('submission')
        .select('criterion')
        .where('campaign_id', '=', campaignId)
        .union(db.selectFrom('nil_report').select('criterion').where('campaign_id', '=', campaignId))
        .union(db.selectFrom('paper_receipt').select('criterion').where('campaign_id', '=', campaignId)),
    )
    return rows.map((r) => r.criterion)
  },
  async dropStandings(campaignId, kinds, keep) {
    if (kinds.length === 0) return
    await once(exec, (db) => {
      const all = db
        .deleteFrom('standing')
        .where('campaign_id', '=', campaignId)
        .where('review_kind', 'in', [...kinds])
      return keep.length > 0 ? all.where('unit_id', 'not in', [...keep]) : all
    })
  },
})

const nilOnly = query<Kind, { criterion: string }>((db, p) =>
  db
    .selectFrom('nil_report')
    .innerJoin('standing', (j) =>
      j
        .onRef('standing.unit_id', '=', 'nil_report.unit_id')
        .onRef('standing.campaign_id', '=', 'nil_report.campaign_id')
        .onRef('standing.review_kind', '=', 'nil_report.review_kind'),
    )
    .leftJoin('tally', (j) =>
      j
        .onRef('tally.campaign_id', '=', 'nil_report.campaign_id')
        .onRef('tally.unit_id', '=', 'nil_report.unit_id')
        .onRef('tally.criterion', '=', 'nil_report.criterion'),
    )
    .select('nil_report.criterion')
    .where('nil_report.campaign_id', '=', p.campaignId)
    .where('nil_report.review_kind', '=', p.kind)
    .where('tally.unit_id', 'is', null),
)

/** Nil reports of cells without submissions, which have no tally row. */
const nilsWithoutTally = (exec: Exec, campaignId: string, kind: ReviewKind) => nilOnly(exec, { campaignId, kind })
