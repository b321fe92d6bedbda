import { type ExpressionBuilder, sql } from 'kysely'
import type { MessageState } from '../../core/outbox/outbox.js'
import type { OutboxEntry, OutboxView } from '../../core/outbox/outbox-view.js'
import { type Builder, change, type Exec, first, once, query } from '../query.js'
import type { Tables } from '../tables.js'

type Row = Omit<OutboxEntry, 'createdAt' | 'dueAt' | 'doneAt' | 'triedSince' | 'uncertain' | 'arrived'> & {
  createdAt: string
  dueAt: string
  doneAt: string | null
  triedSince: string | null
  uncertain: number
  ts: string | null
}

const instant = (text: string | null): Date | null => (text === null ? null : new Date(text))
const fromRow = ({ ts, ...r }: Row): OutboxEntry => ({
  ...r,
  createdAt: new Date(r.createdAt),
  dueAt: new Date(r.dueAt),
  doneAt: instant(r.doneAt),
  triedSince: instant(r.triedSince),
  uncertain: r.uncertain === 1,
  arrived: ts !== null,
})

const entries = (db: Builder) =>
  db
    .selectFrom('outbox')
    .leftJoin('person', (j) => j.onRef('person.id', '=', 'outbox.person_id'))
    .select([
      'outbox.key as key',
      'outbox.kind as kind',
      'person.full_name as to',
      'outbox.state as state',
      'outbox.created_at as createdAt',
      'outbox.due_at as dueAt',
      'outbox.done_at as doneAt',
      'outbox.attempts as attempts',
      'outbox.tried_since as triedSince',
      'outbox.error as error',
      'outbox.uncertain as uncertain',
      'outbox.ts as ts',
    ])

const counts = query<{ workspaceId: string }, { state: MessageState; n: number | string }>((db, p) =>
  db
    .selectFrom('outbox')
    .select((e) => ['state', e.fn.countAll<number | string>().as('n')])
    .where('workspace_id', '=', p.workspaceId)
    .groupBy('state'),
)

const byKey = query<{ workspaceId: string; key: string }, Row>((db, p) =>
  entries(db).where('outbox.workspace_id', '=', p.workspaceId).where('outbox.key', '=', p.key),
)

const failedWithin = query<{ workspaceId: string; from: string; to: string }, Row>((db, p) =>
  entries(db)
    .where('outbox.workspace_id', '=', p.workspaceId)
    .where(sql<boolean>`outbox.state = 'failed'`)
    .where('outbox.done_at', '>=', p.from)
    .where('outbox.done_at', '<', p.to)
    .where('outbox.ts', 'is', null)
    .where(sql<boolean>`outbox.kind <> 'undelivered'`)
    .orderBy('outbox.done_at')
    .orderBy('outbox.key'),
)

/** Counts from when it was first due, or from its first failed attempt. */
const waitingSince = query<{ workspaceId: string; before: string }, { n: number | string }>((db, p) =>
  db
    .selectFrom('outbox')
    .select((e) => e.fn.countAll<number | string>().as('n'))
    .where('workspace_id', '=', p.workspaceId)
    .where(sql<boolean>`state in ('waiting', 'stale', 'sending')`)
    .where((e) => e(e.fn.coalesce('tried_since', 'due_at'), '<', p.before)),
)

const canRestart = (e: ExpressionBuilder<Tables, 'outbox'>) =>
  e.or([
    e('state', 'in', ['failed', 'unreachable']),
    e.and([e('state', 'in', ['waiting', 'stale']), e('tried_since', 'is not', null)]),
  ])
const restarted = (db: Builder, p: { workspaceId: string }) =>
  db
    .updateTable('outbox')
    .set((e) => ({
      state: e.case().when('ts', 'is', null).then('waiting').else('stale').end() as never,
      due_at: e.ref('created_at'),
      attempts: 0,
      tried_since: null,
      done_at: null,
    }))
    .where('workspace_id', '=', p.workspaceId)
    .where(canRestart)
const requeueAll = change<{ workspaceId: string }>(restarted)
const requeueOne = change<{ workspaceId: string; key: string }>((db, p) => restarted(db, p).where('key', '=', p.key))

export const outboxViewRows = (exec: Exec): OutboxView => ({
  counts: async (workspaceId) =>
    Object.fromEntries((await counts(exec, { workspaceId })).map(({ state, n }) => [state, Number(n)])),
  inState: async (workspaceId, states, limit) =>
    (
      await once<Row>(exec, (db) =>
        entries(db)
          .where('outbox.workspace_id', '=', workspaceId)
          .where('outbox.state', 'in', states)
          .orderBy('outbox.created_at', 'desc')
          .orderBy('outbox.key')
          .limit(limit),
      )
    ).map(fromRow),
  async byKey(workspaceId, key) {
    const row = first(await byKey(exec, { workspaceId, key }))
    return row && fromRow(row)
  },
  failedWithin: async (workspaceId, from, to) =>
    (await failedWithin(exec, { workspaceId, from: from.toISOString(), to: to.toISOString() })).map(fromRow),
  waitingSince: async (workspaceId, before) =>
    Number(first(await waitingSince(exec, { workspaceId, before: before.toISOString() }))?.n ?? 0),
  requeue: (workspaceId, key) =>
    key === undefined ? requeueAll(exec, { workspaceId }) : requeueOne(exec, { workspaceId, key }),
})
