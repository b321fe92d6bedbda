import type { FileDrop, FileDrops } from '../../core/attachment/file-drop.js'
import { type Builder, change, type Exec, first, query } from '../query.js'

type Row = Omit<FileDrop, 'createdAt'> & { createdAt: string }
const fromRow = (r: Row): FileDrop => ({ ...r, createdAt: new Date(r.createdAt) })

const select = (db: Builder) =>
  db
    .selectFrom('file_drop')
    .select([
      'id',
      'workspace_id as workspaceId',
      'person_id as personId',
      'text',
      'created_at as createdAt',
      'submission_id as submissionId',
    ])
const insert = change<Row & { requestKey: string | null }>((db, p) =>
  db.insertInto('file_drop').values({
    id: p.id,
    workspace_id: p.workspaceId,
    person_id: p.personId,
    text: p.text,
    request_key: p.requestKey,
    created_at: p.createdAt,
    submission_id: p.submissionId,
  }),
)

const byId = query<{ workspaceId: string; id: string }, Row>((db, p) =>
  select(db).where('id', '=', p.id).where('workspace_id', '=', p.workspaceId),
)

const byRequest = query<{ workspaceId: string; requestKey: string }, Row>((db, p) =>
  select(db).where('workspace_id', '=', p.workspaceId).where('request_key', '=', p.requestKey),
)

const use = change<{ id: string; submissionId: string }>((db, p) =>
  db
    .updateTable('file_drop')
    .set({ submission_id: p.submissionId })
    .where('id', '=', p.id)
    .where('submission_id', 'is', null),
)

const old = (db: Builder, before: string) => db.selectFrom('file_drop').select('id').where('created_at', '<', before)
const removeFiles = change<{ before: string }>((db, p) =>
  db
    .updateTable('attachment')
    .set({ state: 'removed' })
    .where('drop_id', 'in', old(db, p.before))
    .where('state', '!=', 'removed'),
)

const forgetFiles = change<{ before: string }>((db, p) =>
  db.deleteFrom('attachment').where('drop_id', 'in', old(db, p.before)).where('sha256', 'is', null),
)

const forget = change<{ before: string }>((db, p) =>
  db
    .deleteFrom('file_drop')
    .where('created_at', '<', p.before)
    .where((e) =>
      e.not(e.exists(e.selectFrom('attachment').select('id').whereRef('attachment.drop_id', '=', 'file_drop.id'))),
    ),
)

export const fileDropRows = (exec: Exec): FileDrops => ({
  async insert({ createdAt, ...rest }, requestKey) {
    await insert(exec, { ...rest, createdAt: createdAt.toISOString(), requestKey })
  },
  async byId(workspaceId, id) {
    const row = first(await byId(exec, { workspaceId, id }))
    return row && fromRow(row)
  },
  async byRequest(workspaceId, requestKey) {
    const row = first(await byRequest(exec, { workspaceId, requestKey }))
    return row && fromRow(row)
  },
  use: async (id, submissionId) => (await use(exec, { id, submissionId })) > 0,
  async forget(before) {
    const at = { before: before.toISOString() }
    await removeFiles(exec, at)
    await forgetFiles(exec, at)
    await forget(exec, at)
  },
})
