import { type Kysely, SqliteAdapter, sql } from 'kysely'

/** The audit log and the settings of a workspace, and its roster's version. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const isSqlite = db.getExecutor().adapter instanceof SqliteAdapter
  const withoutRowid = isSqlite ? sql`without rowid` : sql``

  await db.schema
    .alterTable('workspace')
    .addColumn('roster_version', 'integer', (c) => c.notNull().defaultTo(0))
    .execute()

  await db.schema
    .createTable('audit')
    .addColumn('workspace_id', 'text', (c) => c.notNull().references('workspace.id'))
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('by_id', 'text')
    .addColumn('action', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('data', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('audit_pk', ['workspace_id', 'seq'])
    .modifyEnd(withoutRowid)
    .execute()
  // The log's end: without it, the removal of the last rows could not be detected.
  await db.schema
    .createTable('audit_head')
    .addColumn('workspace_id', 'text', (c) => c.primaryKey().references('workspace.id'))
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .modifyEnd(withoutRowid)
    .execute()
  if (isSqlite)
    for (const change of ['update', 'delete'])
      await sql`create trigger ${sql.raw(`audit_no_${change}`)} before ${sql.raw(change)} on audit
        begin select raise(abort, 'the audit log is only ever added to'); end`.execute(db)

  await db.schema
    .createTable('setting')
    .addColumn('workspace_id', 'text', (c) => c.notNull().references('workspace.id'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .addColumn('set_by', 'text')
    .addColumn('set_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('setting_pk', ['workspace_id', 'name'])
    .modifyEnd(withoutRowid)
    .execute()
}
