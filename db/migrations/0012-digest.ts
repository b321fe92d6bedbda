import { type Kysely, SqliteAdapter, sql } from 'kysely'

/** The figures at the time of each weekly digest, and the months for which thanks were planned. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const withoutRowid = db.getExecutor().adapter instanceof SqliteAdapter ? sql`without rowid` : sql``
  const table = (name: string) =>
    db.schema
      .createTable(name)
      .addColumn('workspace_id', 'text', (c) => c.notNull().references('workspace.id'))
      .addColumn('campaign_id', 'text', (c) => c.notNull().references('campaign.id'))

  await table('week_snapshot')
    // The Monday of the week, yyyy-mm-dd.
    .addColumn('week', 'text', (c) => c.notNull())
    .addColumn('planned_at', 'text', (c) => c.notNull())
    // The last column: it fills pages that a query for the week alone does not have to read.
    .addColumn('data', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('week_snapshot_pk', ['campaign_id', 'week'])
    .modifyEnd(withoutRowid)
    .execute()

  await table('month_thanks')
    // yyyy-mm.
    .addColumn('month', 'text', (c) => c.notNull())
    .addColumn('planned_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('month_thanks_pk', ['campaign_id', 'month'])
    .modifyEnd(withoutRowid)
    .execute()
}
