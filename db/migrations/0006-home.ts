import { type Kysely, SqliteAdapter, sql } from 'kysely'

/** Whose home was drawn and with what; and what a home asks of the rows that others write. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const isSqlite = db.getExecutor().adapter instanceof SqliteAdapter
  await db.schema
    .createTable('home')
    .addColumn('workspace_id', 'text', (c) => c.notNull().references('workspace.id'))
    .addColumn('platform', 'text', (c) => c.notNull())
    .addColumn('external_id', 'text', (c) => c.notNull())
    .addColumn('opened_at', 'text', (c) => c.notNull())
    .addColumn('published_at', 'text')
    .addColumn('digest', 'text')
    .addColumn('view_hash', 'text')
    .addPrimaryKeyConstraint('home_pk', ['workspace_id', 'platform', 'external_id'])
    .modifyEnd(isSqlite ? sql`without rowid` : sql``)
    .execute()

  // What one person handed in is found cell by cell. An index of its own would be one tree more to write into for every
  // submission; a column more in this one costs nothing.
  await db.schema.dropIndex('submission_by_cell').ifExists().execute()
  await db.schema
    .createIndex('submission_by_cell')
    .on('submission')
    .columns(['campaign_id', 'unit_id', 'criterion', 'author_id'])
    .execute()

  // Holds the few who could not be reached, so that messages that are sent never write into it.
  await sql`create index outbox_unreachable on outbox (workspace_id, person_id) where state = 'unreachable'`.execute(db)
}
