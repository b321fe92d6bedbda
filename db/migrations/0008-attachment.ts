import { type Kysely, SqliteAdapter, sql } from 'kysely'

/** Attachments, file drops (files sent before there is a submission), and the queue of work on both. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const withoutRowid = db.getExecutor().adapter instanceof SqliteAdapter ? sql`without rowid` : sql``

  await db.schema
    .createTable('file_drop')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('workspace_id', 'text', (c) => c.notNull().references('workspace.id'))
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('request_key', 'text')
    .addColumn('created_at', 'text', (c) => c.notNull())
    // The submission to which its files were attached.
    .addColumn('submission_id', 'text', (c) => c.references('submission.id'))
    .addUniqueConstraint('file_drop_request', ['workspace_id', 'request_key'])
    .modifyEnd(withoutRowid)
    .execute()

  await db.schema
    .createTable('attachment')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('workspace_id', 'text', (c) => c.notNull().references('workspace.id'))
    .addColumn('submission_id', 'text', (c) => c.references('submission.id'))
    .addColumn('drop_id', 'text', (c) => c.references('file_drop.id'))
    .addColumn('position', 'integer', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('kind', 'text')
    .addColumn('mime', 'text')
    .addColumn('size', 'bigint', (c) => c.notNull())
    .addColumn('sha256', 'text')
    .addColumn('state', 'text', (c) => c.notNull().check(sql`state in ('waiting', 'stored', 'failed', 'removed')`))
    .addColumn('reason', 'text')
    .addColumn('file_id', 'text', (c) => c.notNull())
    .addColumn('url', 'text')
    .addColumn('added_by', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('stored_at', 'text')
    .addCheckConstraint('attachment_owner', sql`(submission_id is null) <> (drop_id is null)`)
    .addCheckConstraint('attachment_bytes', sql`state <> 'stored' or (sha256 is not null and kind is not null)`)
    .modifyEnd(withoutRowid)
    .execute()
  await db.schema.createIndex('attachment_by_submission').on('attachment').column('submission_id').execute()
  await db.schema.createIndex('attachment_by_drop').on('attachment').column('drop_id').execute()
  await sql`create index attachment_by_bytes on attachment (sha256) where sha256 is not null`.execute(db)
  await sql`create index attachment_to_clear on attachment (id)
    where state = 'removed' and sha256 is not null`.execute(db)

  // Partial: messages never write to it.
  await sql`create index outbox_work on outbox (due_at)
    where state in ('waiting', 'stale') and kind in ('attachment.fetch', 'attachment.show')`.execute(db)
}
