import { type ExpressionBuilder, sql } from 'kysely'
import type { MessageState, Outbox } from '../../core/outbox/outbox.js'
import { type Builder, change, type Exec, query } from '../query.js'
import type { Tables } from '../tables.js'
import { isLeased, isMessage, waits } from './conditions.js'

/** Leases on messages and work: claimed, renewed, ended with a result, and recovered after a crash. */

type Expressions = ExpressionBuilder<Tables, 'outbox'>

export const one = (db: Builder, key: string) => db.updateTable('outbox').where('key', '=', key)

/** A row whose lease is owned by the process that wants to change it. */
const owned = (db: Builder, p: { key: string; by: string }) =>
  one(db, p.key).where((e) => e(e.fn.coalesce('lease_by', e.val('')), '=', p.by))

/** Later than every instant. */
const END_OF_TIME = '9999-12-31T23:59:59.999Z'
const noLease = { lease_until: null, lease_by: null }

const claim = change<{ key: string; until: string; by: string; now: string }>((db, p) =>
  one(db, p.key)
    .set((e) => ({
      state: 'sending',
      // If it may already have been sent, the sent content is older than what would be rendered now.
      dirty: e.case().when('uncertain', '=', 1).then(e.ref('dirty')).else(0).end(),
      lease_until: p.until,
      lease_by: p.by,
    }))
    .where(waits)
    .where('due_at', '<=', p.now),
)

const renew = change<{ key: string; until: string; by: string }>((db, p) =>
  owned(db, p).set({ lease_until: p.until }).where(isLeased),
)

const done = change<{ key: string; now: string; by: string }>((db, p) =>
  owned(db, p).set({
    state: 'sent',
    ...noLease,
    uncertain: 0,
    error: null,
    tried_since: null,
    done_at: p.now,
  }),
)

const defer = query<{ key: string; dueAt: string }, never>((db, p) =>
  one(db, p.key).set({ due_at: p.dueAt }).where(waits),
)

const waitingAgain = (e: Expressions) => e.case().when('ts', 'is', null).then('waiting').else('stale').end() as never
const requeue = change<{ key: string; dueAt: string; by: string }>((db, p) =>
  owned(db, p)
    .set((e) => ({ state: waitingAgain(e), due_at: p.dueAt, ...noLease }))
    .where(isLeased),
)

const sent = change<{ key: string; channel: string; ts: string; now: string; by: string }>((db, p) =>
  owned(db, p).set((e) => ({
    state: e.case().when('dirty', '=', 1).then('stale').else('sent').end() as never,
    due_at: e.case().when('dirty', '=', 1).then(p.now).else(e.ref('due_at')).end(),
    ...noLease,
    uncertain: 0,
    error: null,
    attempts: 0,
    tried_since: null,
    channel: p.channel,
    ts: p.ts,
    done_at: p.now,
  })),
)

const retry = change<{ key: string; dueAt: string; error: string; uncertain: number; now: string; by: string }>(
  (db, p) =>
    owned(db, p).set((e) => ({
      state: waitingAgain(e),
      due_at: p.dueAt,
      ...noLease,
      attempts: e('attempts', '+', 1),
      tried_since: e.fn.coalesce('tried_since', e.val(p.now)),
      uncertain: p.uncertain,
      error: p.error,
    })),
)

const end = change<{ key: string; state: MessageState; reason: string; now: string; by: string }>((db, p) =>
  owned(db, p).set({ state: p.state, ...noLease, error: p.reason, done_at: p.now }),
)

const released = (db: Builder) =>
  db
    .updateTable('outbox')
    .set((e) => ({ state: waitingAgain(e), uncertain: 1, ...noLease }))
    .where(isLeased)
const recover = change<{ before: string }>((db, p) => released(db).where('lease_until', '<', p.before))

/** A message that may already have been posted. An update or a piece of work can safely be done twice. */
const isFirstPost = sql<boolean>`ts is null and ${isMessage}`
const recoverOf = change<{ by: string; dueAt: string }>((db, p) =>
  released(db)
    .set((e) => ({ due_at: e.case().when(isFirstPost).then(p.dueAt).else(e.ref('due_at')).end() }))
    .where('lease_by', '=', p.by),
)

const leases = query<object, { by: string | null; until: string }>((db) =>
  db
    .selectFrom('outbox')
    .select((e) => ['lease_by as by', e.fn.min<string>('lease_until').as('until')])
    .where(isLeased)
    .groupBy('lease_by'),
)

export const leaseRows = (
  exec: Exec,
): Pick<
  Outbox,
  'claim' | 'defer' | 'renew' | 'requeue' | 'done' | 'sent' | 'retry' | 'end' | 'recover' | 'leases'
> => ({
  claim: async (key, leaseUntil, by = '', now) =>
    (await claim(exec, { key, until: leaseUntil.toISOString(), by, now: now?.toISOString() ?? END_OF_TIME })) > 0,
  async defer(key, dueAt) {
    await defer(exec, { key, dueAt: dueAt.toISOString() })
  },
  renew: async (key, leaseUntil, by = '') => (await renew(exec, { key, until: leaseUntil.toISOString(), by })) > 0,
  requeue: async (key, dueAt, by = '') => (await requeue(exec, { key, dueAt: dueAt.toISOString(), by })) > 0,
  done: async (key, now, by = '') => (await done(exec, { key, now: now.toISOString(), by })) > 0,
  sent: async (key, at, now, by = '') => (await sent(exec, { key, ...at, now: now.toISOString(), by })) > 0,
  async retry(key, dueAt, error, uncertain, now, by = '') {
    const when = { dueAt: dueAt.toISOString(), now: now.toISOString() }
    return (await retry(exec, { key, ...when, error, uncertain: uncertain ? 1 : 0, by })) > 0
  },
  end: async (key, state, reason, now, by = '') =>
    (await end(exec, { key, state, reason, now: now.toISOString(), by })) > 0,
  async recover(leaseBefore, gone = [], dueAt = leaseBefore) {
    let n = await recover(exec, { before: leaseBefore.toISOString() })
    for (const by of gone) n += await recoverOf(exec, { by, dueAt: dueAt.toISOString() })
    return n
  },
  leases: async () => (await leases(exec, {})).map((l) => ({ by: l.by ?? '', until: new Date(l.until) })),
})
