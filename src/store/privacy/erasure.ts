import type { Erasure, Erasures } from '../../core/privacy/erasure.js'
import { type Builder, type Exec, first, query } from '../query.js'

type Row = Omit<Erasure, 'askedAt' | 'decidedAt'> & { askedAt: string; decidedAt: string | null }
const fromRow = (r: Row): Erasure => ({
  ...r,
  askedAt: new Date(r.askedAt),
  decidedAt: r.decidedAt === null ? null : new Date(r.decidedAt),
})

const select = (db: Builder, workspaceId: string) =>
  db
    .selectFrom('erasure')
    .select([
      'id',
      'workspace_id as workspaceId',
      'person_id as personId',
      'what',
      'reason',
      'asked_at as askedAt',
      'state',
      'decided_by as decidedBy',
      'decided_at as decidedAt',
      'decision_reason as decisionReason',
    ])
    .where('workspace_id', '=', workspaceId)

const add = query<Row, never>((db, p) =>
  db.insertInto('erasure').values({
    id: p.id,
    workspace_id: p.workspaceId,
    person_id: p.personId,
    what: p.what,
    reason: p.reason,
    asked_at: p.askedAt,
    state: p.state,
    decided_by: p.decidedBy,
    decided_at: p.decidedAt,
    decision_reason: p.decisionReason,
  }),
)

const byId = query<{ workspaceId: string; id: string }, Row>((db, p) =>
  select(db, p.workspaceId).where('id', '=', p.id),
)

const waitingOf = query<{ workspaceId: string; personId: string }, Row>((db, p) =>
  select(db, p.workspaceId).where('person_id', '=', p.personId).where('state', '=', 'waiting'),
)

const close = query<Row, never>((db, p) =>
  db
    .updateTable('erasure')
    .set({ state: p.state, decided_by: p.decidedBy, decided_at: p.decidedAt, decision_reason: p.decisionReason })
    .where('workspace_id', '=', p.workspaceId)
    .where('id', '=', p.id),
)

const forgetReasons = query<{ workspaceId: string; personId: string }, never>((db, p) =>
  db
    .updateTable('erasure')
    .set({ reason: null, decision_reason: null })
    .where('workspace_id', '=', p.workspaceId)
    .where('person_id', '=', p.personId),
)

const toRow = (e: Erasure): Row => ({
  ...e,
  askedAt: e.askedAt.toISOString(),
  decidedAt: e.decidedAt?.toISOString() ?? null,
})

export const erasureRows = (exec: Exec): Erasures => ({
  async add(erasure) {
    await add(exec, toRow(erasure))
  },
  byId: async (workspaceId, id) => {
    const row = first(await byId(exec, { workspaceId, id }))
    return row && fromRow(row)
  },
  waitingOf: async (workspaceId, personId) => {
    const row = first(await waitingOf(exec, { workspaceId, personId }))
    return row && fromRow(row)
  },
  async close(erasure) {
    await close(exec, toRow(erasure))
  },
  async forgetReasons(workspaceId, personId) {
    await forgetReasons(exec, { workspaceId, personId })
  },
})
