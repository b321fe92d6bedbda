import type { NilKey, NilReport, NilReports } from '../../core/submission/nil-report.js'
import { change, type Exec, query } from '../query.js'

const ofUnit = query<{ campaignId: string; unitId: string }, NilReport>((db, p) =>
  db
    .selectFrom('nil_report')
    .select(['unit_id as unitId', 'criterion', 'review_kind as reviewKind', 'reason'])
    .where('campaign_id', '=', p.campaignId)
    .where('unit_id', '=', p.unitId),
)

const add = change<NilReport & { workspaceId: string; campaignId: string; by: string; at: string }>((db, p) =>
  db
    .insertInto('nil_report')
    .values({
      workspace_id: p.workspaceId,
      campaign_id: p.campaignId,
      unit_id: p.unitId,
      criterion: p.criterion,
      review_kind: p.reviewKind,
      by_id: p.by,
      at: p.at,
      reason: p.reason,
    })
    .onConflict((c) => c.doNothing()),
)

const setReason = change<NilReport & { campaignId: string }>((db, p) =>
  db
    .updateTable('nil_report')
    .set({ reason: p.reason })
    .where('campaign_id', '=', p.campaignId)
    .where('unit_id', '=', p.unitId)
    .where('criterion', '=', p.criterion)
    .where('review_kind', '=', p.reviewKind)
    .where((e) => e(e.fn.coalesce('reason', e.val('')), '!=', e.fn.coalesce(e.val(p.reason), e.val('')))),
)

const remove = change<NilKey & { campaignId: string }>((db, p) =>
  db
    .deleteFrom('nil_report')
    .where('campaign_id', '=', p.campaignId)
    .where('unit_id', '=', p.unitId)
    .where('criterion', '=', p.criterion)
    .where('review_kind', '=', p.reviewKind),
)

export const nilReportRows = (exec: Exec): NilReports => ({
  ofUnit: (campaignId, unitId) => ofUnit(exec, { campaignId, unitId }),
  async add(workspaceId, campaignId, report, by, now) {
    const added = await add(exec, { ...report, workspaceId, campaignId, by, at: now.toISOString() })
    return added > 0
  },
  setReason: async (campaignId, report) => (await setReason(exec, { ...report, campaignId })) > 0,
  remove: async (campaignId, report) => (await remove(exec, { ...report, campaignId })) > 0,
})
