import { type ExpressionBuilder, sql } from 'kysely'
import type { Lane, Message, MessageState, NewMessage, Outbox, Work } from '../core/outbox.js'
import { type Builder, change, type Exec, first, once, query } from './query.js'
import type { Tables } from './tables.js'

type Expressions = ExpressionBuilder<Tables, 'outbox'>

interface Row extends Omit<Message, 'kind' | 'payload' | 'uncertain' | 'createdAt' | 'triedSince'> {
  kind: NewMessage['kind']
  triedSince: string | null
  payload: string
  uncertain: number
  createdAt: string
}
const fromRow = (r: Row): Message | Work => ({
  ...r,
  payload: JSON.parse(r.payload) as Record<string, unknown>,
  uncertain: r.uncertain === 1,
  triedSince: r.triedSince === null ? null : new Date(r.triedSince),
  createdAt: new Date(r.createdAt),
})
const columns = [
  'workspace_id as workspaceId',
  'key',
  'kind',
  'person_id as personId',
  'payload',
  'attempts',
  'tried_since as triedSince',
  'uncertain',
  'channel',
  'ts',
  'created_at as createdAt',
] as const

/** Written out, not bound, so that both databases see that the partial index covers it. */
const waits = sql<boolean>`state in ('waiting', 'stale')`
/** The lane of its own, written out for the same reason. */
const isWork = sql<boolean>`kind in ('attachment.fetch', 'attachment.show')`
const isMessage = sql<boolean>`kind not in ('attachment.fetch', 'attachment.show')`
/** Written out too: the index is parted by these words. */
const lanes = { new: sql<boolean>`state = 'waiting'`, stale: sql<boolean>`state = 'stale'` }
const one = (db: Builder, key: string) => db.updateTable('outbox').where('key', '=', key)
/** A message as long as it is in the hand that wants to mark it. */
const held = (db: Builder, p: { key: string; by: string }) =>
  one(db, p.key).where((e) => e(e.fn.coalesce('lease_by', e.val('')), '=', p.by))
const letGo = { lease_until: null, lease_by: null }

const add = change<Omit<NewMessage, 'payload' | 'dueAt'> & { payload: string; dueAt: string; now: string }>((db, p) =>
  db
    .insertInto('outbox')
    .values({
      workspace_id: p.workspaceId,
      key: p.key,
      kind: p.kind,
      person_id: p.personId,
      payload: p.payload,
      state: 'waiting',
      due_at: p.dueAt,
      created_at: p.now,
    })
    .onConflict((c) => c.column('key').doNothing()),
)
const byKey = query<{ key: string }, Row & { state: MessageState }>((db, p) =>
  db
    .selectFrom('outbox')
    .select([...columns, 'state'])
    .where('key', '=', p.key),
)
const amend = query<{ key: string; payload: string; now: string }, never>((db, p) =>
  one(db, p.key).set((e) => ({
    payload: p.payload,
    dirty: 1,
    due_at: e.case().when('state', '=', 'sending').then(e.ref('due_at')).else(p.now).end(),
    state: e
      .case()
      .when('state', '=', 'sending')
      .then('sending')
      .when('ts', 'is', null)
      .then('waiting')
      .else('stale')
      .end() as never,
  })),
)
const drop = change<{ key: string; why: string; now: string }>((db, p) =>
  one(db, p.key)
    .set({ state: 'dropped', error: p.why, done_at: p.now })
    .where('state', '=', 'waiting')
    .where('ts', 'is', null)
    .where('uncertain', '=', 0),
)
const revive = query<{ key: string; now: string }, never>((db, p) =>
  one(db, p.key)
    .set({ state: 'waiting', dirty: 0, due_at: p.now, error: null, done_at: null })
    .where('state', '=', 'dropped')
    .where('ts', 'is', null),
)
const touch = query<{ from: string; to: string; now: string; since: string }, never>((db, p) =>
  db
    .updateTable('outbox')
    .set((e) => ({
      dirty: 1,
      due_at: e.case().when('state', '=', 'sent').then(p.now).else(e.ref('due_at')).end(),
      state: e.case().when('state', '=', 'sent').then('stale').else(e.ref('state')).end() as never,
    }))
    .where('key', '>=', p.from)
    .where('key', '<', p.to)
    .where('created_at', '>=', p.since),
)
const dueOf = (lane: typeof isWork) => query<{ now: string; limit: number }, Row>((db, p) => oldest(db, p).where(lane))
const oldest = (db: Builder, p: { now: string; limit: number }) =>
  db
    .selectFrom('outbox')
    .select(columns)
    .where(waits)
    .where('due_at', '<=', p.now)
    .orderBy('due_at')
    .orderBy('key')
    .limit(p.limit)
type Turn = { now: string; limit: number; workspaceId: string }
const ofLane = (lane: Lane) =>
  query<Turn, Row>((db, p) =>
    oldest(db, p).where('workspace_id', '=', p.workspaceId).where(lanes[lane]).where(isMessage),
  )
const due = dueOf(isMessage)
const dueIn: Record<Lane, ReturnType<typeof ofLane>> = { new: ofLane('new'), stale: ofLane('stale') }
const dueWork = dueOf(isWork)
/** The workspace behind a function, so that SQLite goes by the index of the work and not through every message. */
const dueWorkOf = query<Turn, Row>((db, p) =>
  oldest(db, p)
    .where(isWork)
    .where((e) => e(e.fn.coalesce('workspace_id', e.val('')), '=', p.workspaceId)),
)
const claim = change<{ key: string; until: string; by: string }>((db, p) =>
  one(db, p.key)
    .set((e) => ({
      state: 'sending',
      // What may have gone out already is not what would be made of it now.
      dirty: e.case().when('uncertain', '=', 1).then(e.ref('dirty')).else(0).end(),
      lease_until: p.until,
      lease_by: p.by,
    }))
    .where(waits),
)
const renew = change<{ key: string; until: string; by: string }>((db, p) =>
  held(db, p).set({ lease_until: p.until }).where(sql<boolean>`state = 'sending'`),
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
    .where(sql<boolean>`state = 'sending'`),
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
const inHand = sql<boolean>`state = 'sending'`
const recovered = (db: Builder) =>
  db
    .updateTable('outbox')
    .set((e) => ({ state: again(e), uncertain: 1, ...letGo }))
    .where(inHand)
const recover = change<{ before: string }>((db, p) => recovered(db).where('lease_until', '<', p.before))
const recoverOf = change<{ by: string }>((db, p) => recovered(db).where('lease_by', '=', p.by))
const hands = query<object, { by: string | null; until: string }>((db) =>
  db
    .selectFrom('outbox')
    .select((e) => ['lease_by as by', e.fn.min<string>('lease_until').as('until')])
    .where(inHand)
    .groupBy('lease_by'),
)
type Counted = { n: number | string }
const count = (db: Builder) => db.selectFrom('outbox').select((e) => e.fn.countAll<number | string>().as('n'))
/** Two counts and not one of either: SQLite finds an index for each, and for both together none. */
const dueBy = (db: Builder, p: { by: string }) => count(db).where(waits).where('due_at', '<=', p.by)
const countDue = query<{ by: string }, Counted>(dueBy)
const countDueOf = query<{ by: string; workspaceId: string }, Counted>((db, p) =>
  dueBy(db, p).where('workspace_id', '=', p.workspaceId),
)
const countInHand = query<object, Counted>((db) => count(db).where(inHand))
const countInHandOf = query<{ workspaceId: string }, Counted>((db, p) =>
  count(db).where(inHand).where('workspace_id', '=', p.workspaceId),
)
const byKeys = query<{ workspaceId: string; prefix: string }, { key: string; state: MessageState; personId: string }>(
  (db, p) =>
    db
      .selectFrom('outbox')
      .select(['key', 'state', 'person_id as personId'])
      .where('workspace_id', '=', p.workspaceId)
      // Not LIKE, to which an underscore is any letter and capitals are small ones.
      .where(sql<boolean>`substr(key, 1, length(${p.prefix})) = ${p.prefix}`)
      .orderBy('key'),
)

/** Messages of one insert: within what both databases bind. */
const AT_ONCE = 500

export const outboxRows = (exec: Exec): Outbox => ({
  async add(message, now) {
    const { workspaceId, key, kind, personId } = message
    const [payload, dueAt] = [JSON.stringify(message.payload), message.dueAt.toISOString()]
    return (await add(exec, { workspaceId, key, kind, personId, payload, dueAt, now: now.toISOString() })) > 0
  },
  async addMany(messages, now) {
    const added = new Set<string>()
    for (let i = 0; i < messages.length; i += AT_ONCE) {
      const rows = await once<{ key: string }>(exec, (db) =>
        db
          .insertInto('outbox')
          .values(
            messages.slice(i, i + AT_ONCE).map((m) => ({
              workspace_id: m.workspaceId,
              key: m.key,
              kind: m.kind,
              person_id: m.personId,
              payload: JSON.stringify(m.payload),
              state: 'waiting' as const,
              due_at: m.dueAt.toISOString(),
              created_at: now.toISOString(),
            })),
          )
          .onConflict((c) => c.column('key').doNothing())
          .returning('key'),
      )
      for (const { key } of rows) added.add(key)
    }
    return added
  },
  async byKey(key) {
    const row = first(await byKey(exec, { key }))
    return row && { ...(fromRow(row) as Message), state: row.state }
  },
  async amend(key, payload, now) {
    await amend(exec, { key, payload: JSON.stringify(payload), now: now.toISOString() })
  },
  drop: async (key, why, now) => (await drop(exec, { key, why, now: now.toISOString() })) > 0,
  async revive(key, now) {
    await revive(exec, { key, now: now.toISOString() })
  },
  async touch(about, now, since) {
    // The next sign after a colon: everything that begins with `about` lies before it.
    const to = `${about.slice(0, -1)};`
    await touch(exec, { from: about, to, now: now.toISOString(), since: since?.toISOString() ?? '' })
  },
  async due(now, limit, of) {
    const p = { now: now.toISOString(), limit }
    const rows = of ? dueIn[of.lane](exec, { ...p, workspaceId: of.workspaceId }) : due(exec, p)
    return (await rows).map((r) => fromRow(r) as Message)
  },
  async dueWork(now, limit, workspaceId) {
    const p = { now: now.toISOString(), limit }
    const rows = workspaceId === undefined ? dueWork(exec, p) : dueWorkOf(exec, { ...p, workspaceId })
    return (await rows).map((r) => fromRow(r) as Work)
  },
  claim: async (key, leaseUntil, by = '') => (await claim(exec, { key, until: leaseUntil.toISOString(), by })) > 0,
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
  async recover(leaseBefore, gone = []) {
    let n = await recover(exec, { before: leaseBefore.toISOString() })
    for (const by of gone) n += await recoverOf(exec, { by })
    return n
  },
  hands: async () => (await hands(exec, {})).map((h) => ({ by: h.by ?? '', until: new Date(h.until) })),
  async pending(by, workspaceId) {
    const p = { by: by.toISOString() }
    const [due, held] =
      workspaceId === undefined
        ? [await countDue(exec, p), await countInHand(exec, {})]
        : [await countDueOf(exec, { ...p, workspaceId }), await countInHandOf(exec, { workspaceId })]
    return Number(first(due)?.n ?? 0) + Number(first(held)?.n ?? 0)
  },
  byKeys: (workspaceId, prefix) => byKeys(exec, { workspaceId, prefix }),
})
