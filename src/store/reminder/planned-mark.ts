import type { InsertResult } from 'kysely'
import type { Rungs } from '../../core/reminder/rows.js'
import { bulk, type Exec, query } from '../query.js'

const planned = query<{ campaignId: string }, { key: string }>((db, p) =>
  db.selectFrom('rung').select('key').where('campaign_id', '=', p.campaignId),
)

const mark = query<{ workspaceId: string; campaignId: string; key: string; at: string }, never>((db, p) =>
  db
    .insertInto('rung')
    .values({ workspace_id: p.workspaceId, campaign_id: p.campaignId, key: p.key, planned_at: p.at })
    .onConflict((c) => c.doNothing()),
)

type OfRung = { campaignId: string; key: string }
const unmark = query<OfRung, never>((db, p) =>
  db.deleteFrom('rung').where('campaign_id', '=', p.campaignId).where('key', '=', p.key),
)

const openTurns = query<OfRung, { unitId: string; personId: string }>((db, p) =>
  db
    .selectFrom('open_turn')
    .select(['unit_id as unitId', 'person_id as personId'])
    .where('campaign_id', '=', p.campaignId)
    .where('rung_key', '=', p.key),
)

const closeTurns = query<OfRung, never>((db, p) =>
  db.deleteFrom('open_turn').where('campaign_id', '=', p.campaignId).where('rung_key', '=', p.key),
)

type TurnRow = { workspaceId: string; campaignId: string; key: string; unitId: string; personId: string }
const openTurn = bulk<TurnRow, InsertResult>((db, rows) =>
  db
    .insertInto('open_turn')
    .values(
      rows.map((r) => ({
        workspace_id: r.workspaceId,
        campaign_id: r.campaignId,
        rung_key: r.key,
        unit_id: r.unitId,
        person_id: r.personId,
      })),
    )
    .onConflict((c) => c.doNothing()),
)

export const rungRows = (exec: Exec): Rungs => ({
  planned: async (campaignId) => new Set((await planned(exec, { campaignId })).map((r) => r.key)),
  async markPlanned(workspaceId, campaignId, key, now) {
    await mark(exec, { workspaceId, campaignId, key, at: now.toISOString() })
  },
  async unmark(campaignId, key) {
    await unmark(exec, { campaignId, key })
  },
  openTurns: (campaignId, key) => openTurns(exec, { campaignId, key }),
  async addTurns(workspaceId, campaignId, key, turns) {
    const rows = turns.map(({ unitId, personId }) => ({ workspaceId, campaignId, key, unitId, personId }))
    if (rows.length > 0) await openTurn(exec, rows, {})
  },
  async closeTurns(campaignId, key) {
    await closeTurns(exec, { campaignId, key })
  },
})
