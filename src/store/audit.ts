import { createHash } from 'node:crypto'
import type { Audit, AuditAction, AuditRow } from '../core/audit.js'
import { type Exec, first, query } from './query.js'

interface Row {
  seq: number
  at: string
  byId: string | null
  action: AuditAction
  subject: string
  data: string
  hash: string
}

const head = query<{ workspaceId: string }, { seq: number; hash: string }>((db, p) =>
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
const after = query<{ workspaceId: string; seq: number; limit: number }, Row>((db, p) =>
  db
    .selectFrom('audit')
    .select(['seq', 'at', 'by_id as byId', 'action', 'subject', 'data', 'hash'])
    .where('workspace_id', '=', p.workspaceId)
    .where('seq', '>', p.seq)
    .orderBy('seq')
    .limit(p.limit),
)

/** What a row says, chained to the hash of the row before ('' before the first). SHA-256, hex. */
const hashOf = (before: string, r: Omit<Row, 'hash'>): string =>
  createHash('sha256')
    .update(JSON.stringify([before, r.seq, r.at, r.byId, r.action, r.subject, r.data]))
    .digest('hex')

const fromRow = (r: Row): AuditRow => ({ ...r, at: new Date(r.at), data: JSON.parse(r.data) as AuditRow['data'] })

export const auditRows = (exec: Exec): Audit => ({
  async append(workspaceId, { at, byId, action, subject, data }) {
    const last = first(await head(exec, { workspaceId }))
    const seq = (last?.seq ?? 0) + 1
    const row = { seq, at: at.toISOString(), byId, action, subject, data: JSON.stringify(data) }
    const hash = hashOf(last?.hash ?? '', row)
    await insert(exec, { ...row, workspaceId, hash })
    await moveHead(exec, { workspaceId, seq, hash })
  },
  after: async (workspaceId, seq, limit) => (await after(exec, { workspaceId, seq, limit })).map(fromRow),
})
