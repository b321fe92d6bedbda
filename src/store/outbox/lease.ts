import { type ExpressionBuilder, sql } from 'kysely'
import type { MessageState, Outbox } from '../../core/outbox/outbox.js'
import { type Builder, change, type Exec, query } from '../query.js'
import type { Tables } from '../tables.js'
import { inHand, isMessage, waits } from './conditions.js'

/** Messages in the hands of processes: taken, held on to, marked by whoever holds them, and taken back from the dead. */

type Expressions = ExpressionBuilder<Tables, 'outbox'>

export const one = (db: Builder, key: string) => db.updateTable('outbox').where('key', '=', key)
/** A message as long as it is in the hand that wants to mark it. */
const held = (db: Builder, p: { key: string; by: string }) =>
  one(db, p.key).where((e) => e(e.fn.coalesce('lease_by', e.val('')), '=', p.by))
/** Later than every instant. */
const WHENEVER = '9999-12-31T23:59:59.999Z'
const letGo = { lease_until: null, lease_by: null }

const claim = change<{ key: string; until: string; by: string; now: string }>((db, p) =>
  one(db, p.key)
    .set((e) => ({
      state: 'sending',
      // What may have gone out already is not what would be made of it now.
      dirty: e.case().when('uncertain', '=', 1).then(e.ref('dirty')).else(0).end(),
      lease_until: p.until,
      lease_by: p.by,
    }))
    .where(waits)
    .where('due_at', '<=', p.now),
)
const renew = change<{ key: string; until: string; by: string }>((db, p) =>
  held(db, p).set({ lease_until: p.until }).where(inHand),
)
const done = change<{ key: string; now: string; by: string }>((db, p) =>
  held(db, p).set({
    state: 'sent',
    ...letGo,
    uncertain: 0,
    error: null,
    tried_since: null,
    done_at: p.now,
  }),
)
const defer = query<{ key: string; dueAt: string }, never>((db, p) =>
  one(db, p.key).set({ due_at: p.dueAt }).where(waits),
)
const again = (e: Expressions) => e.case().when('ts', 'is', null).then('waiting').else('stale').end() as never
const putBack = change<{ key: string; dueAt: string; by: string }>((db, p) =>
  held(db, p)
    .set((e) => ({ state: again(e), due_at: p.dueAt, ...letGo }))
    .where(inHand),
)
const sent = change<{ key: string; channel: string; ts: string; now: string; by: string }>((db, p) =>
  held(db, p).set((e) => ({
    state: e.case().when('dirty', '=', 1).then('stale').else('sent').end() as never,
    due_at: e.case().when('dirty', '=', 1).then(p.now).else(e.ref('due_at')).end(),
    ...letGo,
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
    held(db, p).set((e) => ({
      state: again(e),
      due_at: p.dueAt,
      ...letGo,
      attempts: e('attempts', '+', 1),
      tried_since: e.fn.coalesce('tried_since', e.val(p.now)),
      uncertain: p.uncertain,
      error: p.error,
    })),
)
const end = change<{ key: string; state: MessageState; reason: string; now: string; by: string }>((db, p) =>
  held(db, p).set({ state: p.state, ...letGo, error: p.reason, done_at: p.now }),
)
const recovered = (db: Builder) =>
  db
    .updateTable('outbox')
    .set((e) => ({ state: again(e), uncertain: 1, ...letGo }))
    .where(inHand)
const recover = change<{ before: string }>((db, p) => recovered(db).where('lease_until', '<', p.before))
/** A message that may already have been posted. An update or a piece of work can safely be done twice. */
const isFirstPost = sql<boolean>`ts is null and ${isMessage}`
const recoverOf = change<{ by: string; dueAt: string }>((db, p) =>
  recovered(db)
    .set((e) => ({ due_at: e.case().when(isFirstPost).then(p.dueAt).else(e.ref('due_at')).end() }))
    .where('lease_by', '=', p.by),
)
const hands = query<object, { by: string | null; until: string }>((db) =>
  db
    .selectFrom('outbox')
    .select((e) => ['lease_by as by', e.fn.min<string>('lease_until').as('until')])
    .where(inHand)
    .groupBy('lease_by'),
)

export const handRows = (
  exec: Exec,
): Pick<Outbox, 'claim' | 'defer' | 'renew' | 'putBack' | 'done' | 'sent' | 'retry' | 'end' | 'recover' | 'hands'> => ({
  claim: async (key, leaseUntil, by = '', now) =>
    (await claim(exec, { key, until: leaseUntil.toISOString(), by, now: now?.toISOString() ?? WHENEVER })) > 0,
  async defer(key, dueAt) {
    await defer(exec, { key, dueAt: dueAt.toISOString() })
  },
  renew: async (key, leaseUntil, by = '') => (await renew(exec, { key, until: leaseUntil.toISOString(), by })) > 0,
  putBack: async (key, dueAt, by = '') => (await putBack(exec, { key, dueAt: dueAt.toISOString(), by })) > 0,
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
  hands: async () => (await hands(exec, {})).map((h) => ({ by: h.by ?? '', until: new Date(h.until) })),
})
