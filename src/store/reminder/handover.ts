import type { ReviewKind } from '../../core/campaign/review.js'
import type { Handover, Handovers } from '../../core/reminder/rows.js'
import { type Builder, change, type Exec, query } from '../query.js'

const handovers = (db: Builder) =>
  db
    .selectFrom('handover')
    .select([
      'campaign_id as campaignId',
      'review_kind as kind',
      'unit_id as unitId',
      'person_id as personId',
      'by_id as byId',
    ])

/** Handovers to people who still have a role in the unit. */
const effective = (db: Builder) =>
  handovers(db).where((e) =>
    e.exists(
      e
        .selectFrom('role')
        .select('role.role')
        .whereRef('role.person_id', '=', 'handover.person_id')
        .whereRef('role.unit_id', '=', 'handover.unit_id'),
    ),
  )

const all = query<{ workspaceId: string }, Handover>((db, p) => effective(db).where('workspace_id', '=', p.workspaceId))
const toPerson = query<{ workspaceId: string; personId: string }, Handover>((db, p) =>
  handovers(db).where('workspace_id', '=', p.workspaceId).where('person_id', '=', p.personId).orderBy('at'),
)

const ofUnit = query<{ campaignId: string; kind: ReviewKind; unitId: string }, Handover>((db, p) =>
  effective(db)
    .where('campaign_id', '=', p.campaignId)
    .where('review_kind', '=', p.kind)
    .where('unit_id', '=', p.unitId)
    .orderBy('at'),
)

const helpersOf = query<{ campaignId: string; unitId: string }, { personId: string }>((db, p) =>
  db
    .selectFrom('handover')
    .select('person_id as personId')
    .distinct()
    .where('campaign_id', '=', p.campaignId)
    .where('review_kind', 'in', ['preliminary', 'final'])
    .where('unit_id', '=', p.unitId),
)

const insert = change<Handover & { workspaceId: string; at: string }>((db, p) =>
  db
    .insertInto('handover')
    .values({
      workspace_id: p.workspaceId,
      campaign_id: p.campaignId,
      review_kind: p.kind,
      unit_id: p.unitId,
      person_id: p.personId,
      by_id: p.byId,
      at: p.at,
    })
    .onConflict((c) => c.doNothing()),
)

const remove = change<Omit<Handover, 'byId'>>((db, p) =>
  db
    .deleteFrom('handover')
    .where('campaign_id', '=', p.campaignId)
    .where('review_kind', '=', p.kind)
    .where('unit_id', '=', p.unitId)
    .where('person_id', '=', p.personId),
)

export const handoverRows = (exec: Exec): Handovers => ({
  all: (workspaceId) => all(exec, { workspaceId }),
  ofUnit: (campaignId, kind, unitId) => ofUnit(exec, { campaignId, kind, unitId }),
  helpersOf: async (campaignId, unitId) => (await helpersOf(exec, { campaignId, unitId })).map((r) => r.personId),
  toPerson: (workspaceId, personId) => toPerson(exec, { workspaceId, personId }),
  insert: async (workspaceId, handover, now) =>
    (await insert(exec, { ...handover, workspaceId, at: now.toISOString() })) > 0,
  remove: async (handover) => (await remove(exec, handover)) > 0,
})
