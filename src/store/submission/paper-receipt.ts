import type { PaperReceipt, PaperReceipts, RecordedPaper } from '../../core/submission/paper-receipt.js'
import { change, type Exec, query } from '../query.js'

type Row = Omit<RecordedPaper, 'at'> & { at: string }

const ofUnit = query<{ campaignId: string; unitId: string }, Row>((db, p) =>
  db
    .selectFrom('paper_receipt as r')
    .innerJoin('person', 'person.id', 'r.recorded_by')
    .select([
      'r.unit_id as unitId',
      'r.criterion',
      'r.received_on as receivedOn',
      'r.recorded_by as byId',
      'person.full_name as byName',
      'r.at',
    ])
    .where('r.campaign_id', '=', p.campaignId)
    .where('r.unit_id', '=', p.unitId)
    .orderBy('r.criterion')
    .orderBy('r.received_on'),
)

const add = change<PaperReceipt & { workspaceId: string; campaignId: string; by: string; at: string }>((db, p) =>
  db
    .insertInto('paper_receipt')
    .values({
      workspace_id: p.workspaceId,
      campaign_id: p.campaignId,
      unit_id: p.unitId,
      criterion: p.criterion,
      received_on: p.receivedOn,
      recorded_by: p.by,
      at: p.at,
    })
    .onConflict((c) => c.doNothing()),
)

const remove = change<PaperReceipt & { campaignId: string }>((db, p) =>
  db
    .deleteFrom('paper_receipt')
    .where('campaign_id', '=', p.campaignId)
    .where('unit_id', '=', p.unitId)
    .where('criterion', '=', p.criterion)
    .where('received_on', '=', p.receivedOn),
)

export const paperReceiptRows = (exec: Exec): PaperReceipts => ({
  ofUnit: async (campaignId, unitId) =>
    (await ofUnit(exec, { campaignId, unitId })).map((r) => ({ ...r, at: new Date(r.at) })),
  async add(workspaceId, campaignId, receipt, by, now) {
    const row = { ...receipt, workspaceId, campaignId, by, at: now.toISOString() }
    return (await add(exec, row)) > 0
  },
  remove: async (campaignId, receipt) => (await remove(exec, { ...receipt, campaignId })) > 0,
})
