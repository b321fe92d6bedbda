import { type Kysely, SqliteAdapter, sql } from 'kysely'

/** Absences, and the reminder preferences of a unit's leaders. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const isSqlite = db.getExecutor().adapter instanceof SqliteAdapter
  const withoutRowid = isSqlite ? sql`without rowid` : sql``

  // No reason: it is private and not needed.
  await db.schema
    .createTable('absence')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('workspace_id', 'text', (c) => c.notNull().references('workspace.id'))
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('from_date', 'text', (c) => c.notNull())
    .addColumn('until_date', 'text', (c) => c.notNull())
    .addColumn('said_by', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('said_at', 'text', (c) => c.notNull())
    .addColumn('cancelled_by', 'text', (c) => c.references('person.id'))
    .addColumn('cancelled_at', 'text')
    .addColumn('merged_into', 'text', (c) => c.references('absence.id'))
    .addCheckConstraint('absence_order', sql`from_date <= until_date`)
    .modifyEnd(withoutRowid)
    .execute()
  // For the query of each tick, who is absent on a day: reads only absences that have not ended.
  await sql`create index absence_standing on absence (workspace_id, until_date) where cancelled_at is null`.execute(db)
  await db.schema.createIndex('absence_by_person').on('absence').columns(['person_id', 'from_date']).execute()

  await db.schema
    .createTable('reminder_wish')
    .addColumn('workspace_id', 'text', (c) => c.notNull().references('workspace.id'))
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('at', 'text')
    .addColumn('at_before', 'text')
    .addColumn('at_from', 'text', (c) => c.notNull())
    .addColumn('early', 'integer', (c) => c.notNull().check(sql`early in (0, 1)`))
    .addColumn('set_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('reminder_wish_pk', ['workspace_id', 'person_id'])
    .modifyEnd(withoutRowid)
    .execute()
}
