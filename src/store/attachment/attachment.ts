import { sql } from 'kysely'
import type {
  Attachment,
  AttachmentState,
  Attachments,
  FailureReason,
  StoredRow,
} from '../../core/attachment/attachment.js'
import { type Builder, change, type Exec, first, query } from '../query.js'

interface Row extends Omit<Attachment, 'createdAt' | 'storedAt'> {
  createdAt: string
  storedAt: string | null
}

const fromRow = (r: Row): Attachment => ({
  ...r,
  size: Number(r.size),
  createdAt: new Date(r.createdAt),
  storedAt: r.storedAt === null ? null : new Date(r.storedAt),
})

const select = (db: Builder) =>
  db
    .selectFrom('attachment')
    .select([
      'id',
      'workspace_id as workspaceId',
      'submission_id as submissionId',
      'drop_id as dropId',
      'position',
      'name',
      'kind',
      'mime',
      'size',
      'sha256',
      'state',
      'reason',
      'file_id as fileId',
      'url',
      'added_by as addedBy',
      'created_at as createdAt',
      'stored_at as storedAt',
    ])

const insert = change<Row>((db, p) =>
  db.insertInto('attachment').values({
    id: p.id,
    workspace_id: p.workspaceId,
    submission_id: p.submissionId,
    drop_id: p.dropId,
    position: p.position,
    name: p.name,
    kind: p.kind,
    mime: p.mime,
    size: p.size,
    sha256: p.sha256,
    state: p.state,
    reason: p.reason,
    file_id: p.fileId,
    url: p.url,
    added_by: p.addedBy,
    created_at: p.createdAt,
    stored_at: p.storedAt,
  }),
)

const byId = query<{ workspaceId: string; id: string }, Row>((db, p) =>
  select(db).where('id', '=', p.id).where('workspace_id', '=', p.workspaceId),
)

const listOf = (owner: 'submission_id' | 'drop_id') =>
  query<{ workspaceId: string; owner: string }, Row>((db, p) =>
    select(db)
      .where(owner, '=', p.owner)
      .where('workspace_id', '=', p.workspaceId)
      .where('state', '!=', 'removed')
      .orderBy('position')
      .orderBy('id'),
  )
const ofSubmission = listOf('submission_id')
const ofDrop = listOf('drop_id')
const stored = change<{
  id: string
  name: string
  kind: NonNullable<Attachment['kind']>
  mime: string
  size: number
  sha256: string
  now: string
}>((db, p) =>
  db
    .updateTable('attachment')
    .set({
      state: 'stored',
      name: p.name,
      kind: p.kind,
      mime: p.mime,
      size: p.size,
      sha256: p.sha256,
      stored_at: p.now,
    })
    .where('id', '=', p.id)
    .where('state', '=', 'waiting'),
)

const failed = change<{ id: string; reason: FailureReason }>((db, p) =>
  db
    .updateTable('attachment')
    .set({ state: 'failed', reason: p.reason })
    .where('id', '=', p.id)
    .where('state', '=', 'waiting'),
)

const remove = change<{ id: string }>((db, p) =>
  db.updateTable('attachment').set({ state: 'removed' }).where('id', '=', p.id).where('state', '!=', 'removed'),
)

const move = change<{ id: string; submissionId: string; position: number }>((db, p) =>
  db
    .updateTable('attachment')
    .set({ submission_id: p.submissionId, drop_id: null, position: p.position })
    .where('id', '=', p.id)
    .where('drop_id', 'is not', null),
)

const storedAfter = query<{ id: string; limit: number }, StoredRow>((db, p) =>
  db
    .selectFrom('attachment')
    .select(['id', 'submission_id as submissionId', 'name', 'size', 'sha256'])
    .$narrowType<{ sha256: string }>()
    .where('state', '=', 'stored')
    .where('id', '>', p.id)
    .orderBy('id')
    .limit(p.limit),
)

const isInUse = query<{ sha256: string }, { id: string }>((db, p) =>
  db
    .selectFrom('attachment')
    .select('id')
    .where('sha256', '=', p.sha256)
    .where(sql<boolean>`state = 'stored'`)
    .limit(1),
)

const isRecorded = query<{ sha256: string }, { id: string }>((db, p) =>
  db.selectFrom('attachment').select('id').where('sha256', '=', p.sha256).limit(1),
)

const withBytesToDelete = query<{ limit: number }, { id: string; sha256: string }>((db, p) =>
  db
    .selectFrom('attachment')
    .select(['id', 'sha256'])
    .$narrowType<{ sha256: string }>()
    .where(sql<boolean>`state = 'removed' and sha256 is not null`)
    .orderBy('id')
    .limit(p.limit),
)

const cleared = change<{ id: string }>((db, p) =>
  db.updateTable('attachment').set({ sha256: null }).where('id', '=', p.id).where('state', '=', 'removed'),
)

const recordOrphanedBytes = change<{ id: string; sha256: string }>((db, p) =>
  db.updateTable('attachment').set({ sha256: p.sha256 }).where('id', '=', p.id).where('state', '=', 'removed'),
)

const counts = query<object, { state: AttachmentState; n: number | string }>((db) =>
  db
    .selectFrom('attachment')
    .select(['state', (e) => e.fn.countAll<number | string>().as('n')])
    .groupBy('state'),
)

export const attachmentRows = (exec: Exec): Attachments => ({
  async insert(attachment) {
    const { createdAt, storedAt, ...rest } = attachment
    await insert(exec, {
      ...rest,
      createdAt: createdAt.toISOString(),
      storedAt: storedAt === null ? null : storedAt.toISOString(),
    })
  },
  async byId(workspaceId, id) {
    const row = first(await byId(exec, { workspaceId, id }))
    return row && fromRow(row)
  },
  ofSubmission: async (workspaceId, owner) => (await ofSubmission(exec, { workspaceId, owner })).map(fromRow),
  ofDrop: async (workspaceId, owner) => (await ofDrop(exec, { workspaceId, owner })).map(fromRow),
  stored: async (id, file, now) => (await stored(exec, { ...file, id, now: now.toISOString() })) > 0,
  failed: async (id, reason) => (await failed(exec, { id, reason })) > 0,
  remove: async (id) => (await remove(exec, { id })) > 0,
  async move(id, submissionId, position) {
    await move(exec, { id, submissionId, position })
  },
  storedAfter: async (id, limit) =>
    (await storedAfter(exec, { id, limit })).map((r) => ({ ...r, size: Number(r.size) })),
  isInUse: async (sha256) => (await isInUse(exec, { sha256 })).length > 0,
  isRecorded: async (sha256) => (await isRecorded(exec, { sha256 })).length > 0,
  withBytesToDelete: (limit) => withBytesToDelete(exec, { limit }),
  async cleared(id) {
    await cleared(exec, { id })
  },
  async recordOrphanedBytes(id, sha256) {
    await recordOrphanedBytes(exec, { id, sha256 })
  },
  async counts() {
    const out: Record<AttachmentState, number> = { waiting: 0, stored: 0, failed: 0, removed: 0 }
    for (const { state, n } of await counts(exec, {})) out[state] = Number(n)
    return out
  },
})
