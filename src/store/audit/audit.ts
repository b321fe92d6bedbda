import { hash } from 'node:crypto'
import { sql } from 'kysely'
import { type Audit, type AuditAction, type AuditFilter, type AuditRow, stateActions } from '../../core/audit/audit.js'
import { listedActions, workspaceActions } from '../../core/queries/desk/history.js'
import { type Builder, cachedQuery, type Exec, first, once, query } from '../query.js'
import { authored, ofUnits } from '../submission/history.js'

interface Row {
  seq: number
  at: string
  byId: string | null
  action: AuditAction
  subject: string
  data: string
  hash: string
}

const head = cachedQuery<{ workspaceId: string }, { seq: number; hash: string }>((db, p) =>
  db.selectFrom('audit_head').select(['seq', 'hash']).where('workspace_id', '=', p.workspaceId),
)

const moveHead = query<{ workspaceId: string; seq: number; hash: string }, never>((db, p) =>
  db
    .insertInto('audit_head')
    .values({ workspace_id: p.workspaceId, seq: p.seq, hash: p.hash })
    .onConflict((c) => c.column('workspace_id').doUpdateSet({ seq: p.seq, hash: p.hash })),
)

const insert = query<Row & { workspaceId: string }, never>((db, p) =>
  db.insertInto('audit').values({
    workspace_id: p.workspaceId,
    seq: p.seq,
    at: p.at,
    by_id: p.byId,
    action: p.action,
    subject: p.subject,
    data: p.data,
    hash: p.hash,
  }),
)

/** The condition of the partial index `audit_by_subject`, word for word, so that SQLite uses it. */
const notState = sql<boolean>`action not in (${sql.join(stateActions.map((a) => sql.lit(a)))})`

const rows = (db: Builder) =>
  db.selectFrom('audit').select(['seq', 'at', 'by_id as byId', 'action', 'subject', 'data', 'hash'])
const rowsIn = (db: Builder, workspaceId: string) => rows(db).where('workspace_id', '=', workspaceId)

/** Rows by subject. The workspace is an expression here: SQLite estimates ten rows per workspace and would scan them all. */
const bySubject = (db: Builder, workspaceId: string) =>
  rows(db).where(sql<string>`workspace_id || ''`, '=', workspaceId).where(notState)
const after = query<{ workspaceId: string; seq: number; limit: number }, Row>((db, p) =>
  rowsIn(db, p.workspaceId).where('seq', '>', p.seq).orderBy('seq').limit(p.limit),
)

const ofSubject = query<{ workspaceId: string; subject: string }, Row>((db, p) =>
  bySubject(db, p.workspaceId).where('subject', '=', p.subject).orderBy('seq'),
)

const countBy = query<{ workspaceId: string; personId: string }, { n: number | string }>((db, p) =>
  db
    .selectFrom('audit')
    .select((e) => e.fn.countAll<number | string>().as('n'))
    .where('workspace_id', '=', p.workspaceId)
    .where('by_id', '=', p.personId),
)

/** Smaller than every sequence number, forged ones included. */
const BEGINNING = Number.MIN_SAFE_INTEGER

function filtered(db: Builder, workspaceId: string, filter: AuditFilter) {
  if (filter.scope === 'all') return rowsIn(db, workspaceId).where('action', 'in', listedActions)
  if (filter.scope === 'workspace')
    return bySubject(db, workspaceId)
      .where('action', 'in', workspaceActions)
      .where((e) =>
        e.or([
          ...['campaign', 'person', 'unit'].map((noun) =>
            e.and([e('subject', '>=', `${noun}:`), e('subject', '<', `${noun};`)]),
          ),
          e('subject', '=', 'workspace'),
        ]),
      )
  const submissions =
    filter.scope === 'own' ? authored(db, workspaceId, filter.personId) : ofUnits(db, workspaceId, filter.unitIds)
  const subjects = submissions.select(sql<string>`'submission:' || id`.as('subject'))
  const others = bySubject(db, workspaceId).where('action', 'in', listedActions)
  if (filter.scope === 'own') return others.where('subject', 'in', subjects)
  const units = db
    .selectFrom('unit')
    .select(sql<string>`'unit:' || id`.as('subject'))
    .where('id', 'in', [...filter.unitIds])
  return others.where('subject', 'in', subjects.unionAll(units))
}

/** The hash of a row and of the hash of the row before it ('' for the first). SHA-256, hex. */
const hashOf = (before: string, r: Omit<Row, 'hash'>): string =>
  hash('sha256', JSON.stringify([before, r.seq, r.at, r.byId, r.action, r.subject, r.data]))

const fromRow = (r: Row): AuditRow => ({ ...r, at: new Date(r.at), data: JSON.parse(r.data) as AuditRow['data'] })

export const auditRows = (exec: Exec): Audit => ({
  async append(workspaceId, { at, byId, action, subject, data }) {
    const last = first(await head(exec, { workspaceId }))
    const seq = (last?.seq ?? 0) + 1
    const row = { workspaceId, seq, at: at.toISOString(), byId, action, subject, data: JSON.stringify(data), hash: '' }
    row.hash = hashOf(last?.hash ?? '', row)
    await insert(exec, row)
    await moveHead(exec, row)
    head.set(exec, row, [{ seq, hash: row.hash }])
  },
  after: async (workspaceId, seq, limit) => (await after(exec, { workspaceId, seq, limit })).map(fromRow),
  async links(workspaceId, from, limit) {
    let before = from?.hash ?? ''
    const links = await after(exec, { workspaceId, seq: from?.seq ?? BEGINNING, limit })
    return links.map(({ hash, ...row }) => {
      const isSound = hashOf(before, row) === hash
      before = hash
      return { seq: row.seq, at: row.at, action: row.action, hash, isSound }
    })
  },
  head: async (workspaceId) => first(await head(exec, { workspaceId })),
  ofSubject: async (workspaceId, subject) => (await ofSubject(exec, { workspaceId, subject })).map(fromRow),
  async latest(workspaceId, filter, limit, offset) {
    if (filter.scope === 'units' && filter.unitIds.length === 0) return []
    const found = await once<Row>(exec, (db) =>
      filtered(db, workspaceId, filter).orderBy('seq', 'desc').limit(limit).offset(offset),
    )
    return found.map(fromRow)
  },
  countBy: async (workspaceId, personId) => Number(first(await countBy(exec, { workspaceId, personId }))?.n ?? 0),
})
