import { type Kysely, SqliteAdapter, sql } from 'kysely'

/** Whose App Home was published and from which data, and the indexes for its queries. */
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

  // One person's submissions are found cell by cell. A separate index would be one more B-tree to write for every submission;
  // another column in this one costs nothing.
  await db.schema.dropIndex('submission_by_cell').ifExists().execute()
  await db.schema
    .createIndex('submission_by_cell')
    .on('submission')
    .columns(['campaign_id', 'unit_id', 'criterion', 'author_id'])
    .execute()

  // Partial: holds only people who could not be reached, so that sent messages never write to it.
  await sql`create index outbox_unreachable on outbox (workspace_id, person_id) where state = 'unreachable'`.execute(db)
}
