import { sql } from 'kysely'
import type { Message, MessageState, NewMessage, Outbox, QueueName, Work } from '../../core/outbox/outbox.js'
import { type Builder, bulk, change, type Exec, first, query } from '../query.js'
import { isHurried, isLeased, isMessage, isWork, queues, UNHURRIED, waits } from './conditions.js'
import { leaseRows, one } from './lease.js'

interface Row extends Omit<Message, 'kind' | 'payload' | 'uncertain' | 'createdAt' | 'triedSince'> {
  kind: NewMessage['kind']
  triedSince: string | null
  payload: string
  uncertain: number
  createdAt: string
}

const fromRow = (r: Row): Message | Work => ({
  ...(r as Row & { kind: Message['kind'] }),
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

const rewrite = query<{ key: string; payload: string }, never>((db, p) => one(db, p.key).set({ payload: p.payload }))
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
      due_at: e
        .case()
        .when(e.or([e('state', '=', 'sent'), e('dirty', '=', UNHURRIED)]))
        .then(p.now)
        .else(e.ref('due_at'))
        .end(),
      dirty: 1,
      state: e.case().when('state', '=', 'sent').then('stale').else(e.ref('state')).end() as never,
    }))
    .where('key', '>=', p.from)
    .where('key', '<', p.to)
    .where('created_at', '>=', p.since),
)

/** Updates that nobody waits for are made at once while fewer than this many wait … */
const AT_ONCE = 20

/** … and then one each this often: forty a minute, fewer than a chat allows. */
const UNHURRIED_MS = 1500

const staleNow = query<{ workspaceId: string }, { n: number | string; last: string | null }>((db, p) =>
  db
    .selectFrom('outbox')
    .select((e) => [e.fn.countAll<number | string>().as('n'), e.fn.max<string | null>('due_at').as('last')])
    .where('workspace_id', '=', p.workspaceId)
    .where(queues.stale),
)

const touchLater = query<{ key: string; dueAt: string; dirty: number }, never>((db, p) =>
  one(db, p.key).set({ state: 'stale', dirty: p.dirty, due_at: p.dueAt }).where('state', '=', 'sent'),
)
const touchSending = query<{ key: string }, never>((db, p) =>
  one(db, p.key).set({ dirty: 1 }).where('state', '=', 'sending'),
)

const dueOf = (what: typeof isWork) => query<{ now: string; limit: number }, Row>((db, p) => oldest(db, p).where(what))
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
const ofQueue = (queue: QueueName) =>
  query<Turn, Row>((db, p) =>
    oldest(db, p).where('workspace_id', '=', p.workspaceId).where(queues[queue]).where(isMessage),
  )
const due = dueOf(isMessage)
const dueIn: Record<QueueName, ReturnType<typeof ofQueue>> = { new: ofQueue('new'), stale: ofQueue('stale') }
const dueHurried = query<Turn, Row>((db, p) =>
  oldest(db, p).where('workspace_id', '=', p.workspaceId).where(queues.stale).where(isMessage).where(isHurried),
)
const dueWork = dueOf(isWork)

/** The workspace column is wrapped in a function, so that SQLite uses the index of work and does not scan all messages. */
const dueWorkOf = query<Turn, Row>((db, p) =>
  oldest(db, p)
    .where(isWork)
    .where((e) => e(e.fn.coalesce('workspace_id', e.val('')), '=', p.workspaceId)),
)

type Counted = { n: number | string }
const count = (db: Builder) => db.selectFrom('outbox').select((e) => e.fn.countAll<number | string>().as('n'))

/** Two counts instead of one with `or`: SQLite uses an index for each, and none for both together. */
const dueBy = (db: Builder, p: { by: string }) => count(db).where(waits).where(isHurried).where('due_at', '<=', p.by)
const countDue = query<{ by: string }, Counted>(dueBy)
const countDueOf = query<{ by: string; workspaceId: string }, Counted>((db, p) =>
  dueBy(db, p).where('workspace_id', '=', p.workspaceId),
)

const countPending = query<object, Counted>((db) => count(db).where(isLeased))
const countPendingOf = query<{ workspaceId: string }, Counted>((db, p) =>
  count(db).where(isLeased).where('workspace_id', '=', p.workspaceId),
)

const byKeys = query<{ workspaceId: string; prefix: string }, { key: string; state: MessageState; personId: string }>(
  (db, p) =>
    db
      .selectFrom('outbox')
      .select(['key', 'state', 'person_id as personId'])
      .where('workspace_id', '=', p.workspaceId)
      // Not LIKE, which ignores case and takes an underscore as a wildcard.
      .where(sql<boolean>`substr(key, 1, length(${p.prefix})) = ${p.prefix}`)
      .orderBy('key'),
)

type NewRow = Omit<NewMessage, 'payload' | 'dueAt'> & { payload: string; dueAt: string; now: string }
const insertMany = (db: Builder, rows: readonly NewRow[]) =>
  db
    .insertInto('outbox')
    .values(
      rows.map((m) => ({
        workspace_id: m.workspaceId,
        key: m.key,
        kind: m.kind,
        person_id: m.personId,
        payload: m.payload,
        state: 'waiting' as const,
        due_at: m.dueAt,
        created_at: m.now,
      })),
    )
    .onConflict((c) => c.column('key').doNothing())
const addMany = bulk<NewRow, { key: string }>((db, rows) => insertMany(db, rows).returning('key'))

/** A submission makes two or three messages: one for its author, one for each head of the unit. */
const addAll = bulk<NewRow, never>((db, rows) => insertMany(db, rows) as never, [3, 2, 1])

function rowsOf(messages: readonly NewMessage[], now: Date): NewRow[] {
  const at = now.toISOString()
  return messages.map(({ workspaceId, key, kind, personId, payload, dueAt }) => ({
    workspaceId,
    key,
    kind,
    personId,
    payload: JSON.stringify(payload),
    dueAt: dueAt === now ? at : dueAt.toISOString(),
    now: at,
  }))
}

export const outboxRows = (exec: Exec): Outbox => ({
  async add(message, now) {
    const { workspaceId, key, kind, personId } = message
    const [payload, dueAt] = [JSON.stringify(message.payload), message.dueAt.toISOString()]
    return (await add(exec, { workspaceId, key, kind, personId, payload, dueAt, now: now.toISOString() })) > 0
  },
  async addMany(messages, now) {
    return new Set((await addMany(exec, rowsOf(messages, now), {})).map((r) => r.key))
  },
  async addAll(messages, now) {
    await addAll(exec, rowsOf(messages, now), {})
  },
  async byKey(key) {
    const row = first(await byKey(exec, { key }))
    return row && { ...(fromRow(row) as Message), state: row.state }
  },
  async amend(key, payload, now) {
    await amend(exec, { key, payload: JSON.stringify(payload), now: now.toISOString() })
  },
  async rewrite(key, payload) {
    await rewrite(exec, { key, payload: JSON.stringify(payload) })
  },
  drop: async (key, why, now) => (await drop(exec, { key, why, now: now.toISOString() })) > 0,
  async revive(key, now) {
    await revive(exec, { key, now: now.toISOString() })
  },
  async touch(about, now, since) {
    // The character after a colon: every key that begins with `about` sorts before it.
    const to = `${about.slice(0, -1)};`
    await touch(exec, { from: about, to, now: now.toISOString(), since: since?.toISOString() ?? '' })
  },
  async touchLater(workspaceId, keys, now) {
    if (keys.length === 0) return
    const { n = 0, last = null } = first(await staleNow(exec, { workspaceId })) ?? {}
    let [waiting, at] = [Number(n), Math.max(now.getTime(), last ? Date.parse(last) : 0)]
    for (const key of keys) {
      const isUnhurried = waiting >= AT_ONCE
      if (isUnhurried) at += UNHURRIED_MS
      await touchSending(exec, { key })
      await touchLater(exec, {
        key,
        dueAt: isUnhurried ? new Date(at).toISOString() : now.toISOString(),
        dirty: isUnhurried ? UNHURRIED : 1,
      })
      waiting += 1
    }
  },
  async due(now, limit, of) {
    const p = { now: now.toISOString(), limit }
    const dueOf = of && (of.hurried && of.queue === 'stale' ? dueHurried : dueIn[of.queue])
    const rows = of && dueOf ? dueOf(exec, { ...p, workspaceId: of.workspaceId }) : due(exec, p)
    return (await rows).map((r) => fromRow(r) as Message)
  },
  async dueWork(now, limit, workspaceId) {
    const p = { now: now.toISOString(), limit }
    const rows = workspaceId === undefined ? dueWork(exec, p) : dueWorkOf(exec, { ...p, workspaceId })
    return (await rows).map((r) => fromRow(r) as Work)
  },
  ...leaseRows(exec),
  async pending(by, workspaceId) {
    const p = { by: by.toISOString() }
    const [due, held] =
      workspaceId === undefined
        ? [await countDue(exec, p), await countPending(exec, {})]
        : [await countDueOf(exec, { ...p, workspaceId }), await countPendingOf(exec, { workspaceId })]
    return Number(first(due)?.n ?? 0) + Number(first(held)?.n ?? 0)
  },
  byKeys: (workspaceId, prefix) => byKeys(exec, { workspaceId, prefix }),
})
