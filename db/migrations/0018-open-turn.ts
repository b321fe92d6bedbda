import { type Kysely, SqliteAdapter, sql } from 'kysely'

/**
 * The rung of each reminder, and the turns of a rung that have not come yet: people who are reminded at a later hour than
 * the first. There is no row for a rung that nobody waits for.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const withoutRowid = db.getExecutor().adapter instanceof SqliteAdapter ? sql`without rowid` : sql``
  // Null for reminders of no rung, and for those of older versions.
  await db.schema.alterTable('reminder').addColumn('rung', 'integer').execute()
  await db.schema
    .createTable('open_turn')
    .addColumn('workspace_id', 'text', (c) => c.notNull())
    .addColumn('campaign_id', 'text', (c) => c.notNull())
    // As in the table `rung`.
    .addColumn('rung_key', 'text', (c) => c.notNull())
    .addColumn('unit_id', 'text', (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('open_turn_pk', ['campaign_id', 'rung_key', 'unit_id', 'person_id'])
    .modifyEnd(withoutRowid)
    .execute()
}
