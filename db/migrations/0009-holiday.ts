import { type Kysely, SqliteAdapter, sql } from 'kysely'

/** Saved tables of holidays; a year without rows uses the bot's proposal. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const isSqlite = db.getExecutor().adapter instanceof SqliteAdapter
  const withoutRowid = isSqlite ? sql`without rowid` : sql``

  await db.schema
    .createTable('holiday_year')
    .addColumn('workspace_id', 'text', (c) => c.notNull().references('workspace.id'))
    .addColumn('year', 'integer', (c) => c.notNull())
    .addColumn('set_by', 'text', (c) => c.references('person.id'))
    .addColumn('set_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('holiday_year_pk', ['workspace_id', 'year'])
    .modifyEnd(withoutRowid)
    .execute()
  await db.schema
    .createTable('holiday')
    .addColumn('workspace_id', 'text', (c) => c.notNull().references('workspace.id'))
    .addColumn('date', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull().check(sql`kind in ('off', 'work')`))
    .addColumn('name', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('holiday_pk', ['workspace_id', 'date'])
    .modifyEnd(withoutRowid)
    .execute()
  // A new value for every change, never reused after a rollback, so that results computed from the rows can be cached by it.
  await db.schema
    .alterTable('workspace')
    .addColumn('holiday_version', 'text', (c) => c.notNull().defaultTo(''))
    .execute()
}
