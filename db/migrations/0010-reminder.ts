import { type Kysely, SqliteAdapter, sql } from 'kysely'

/** Through whom and when each unit was reminded, snoozes, and handovers. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const withoutRowid = db.getExecutor().adapter instanceof SqliteAdapter ? sql`without rowid` : sql``
  const workspace = (name: string) =>
    db.schema.createTable(name).addColumn('workspace_id', 'text', (c) => c.notNull().references('workspace.id'))
  const ofReview = (t: ReturnType<typeof workspace>) =>
    t
      .addColumn('campaign_id', 'text', (c) => c.notNull().references('campaign.id'))
      .addColumn('review_kind', 'text', (c) => c.notNull().check(sql`review_kind in ('preliminary', 'final')`))
      .addColumn('unit_id', 'text', (c) => c.notNull().references('unit.id'))

  // A log without foreign keys: ten thousand rows are written at once, and each key would be looked up for each row.
  await db.schema
    .createTable('reminder')
    .addColumn('workspace_id', 'text', (c) => c.notNull())
    .addColumn('campaign_id', 'text', (c) => c.notNull())
    .addColumn('review_kind', 'text', (c) => c.notNull())
    .addColumn('unit_id', 'text', (c) => c.notNull())
    .addColumn('review_date', 'text', (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.notNull())
    // The outbox message; its state tells whether it was sent.
    .addColumn('outbox_key', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('reminder_pk', ['campaign_id', 'review_kind', 'unit_id', 'outbox_key'])
    .modifyEnd(withoutRowid)
    .execute()

  await ofReview(workspace('handover'))
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('by_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('handover_pk', ['campaign_id', 'review_kind', 'unit_id', 'person_id'])
    .modifyEnd(withoutRowid)
    .execute()
  await db.schema.createIndex('handover_by_person').on('handover').column('person_id').execute()

  // A person has at most one snoozed reminder.
  await workspace('snooze')
    .addColumn('person_id', 'text', (c) => c.primaryKey().references('person.id'))
    .addColumn('outbox_key', 'text', (c) => c.notNull())
    .addColumn('until', 'text', (c) => c.notNull())
    .modifyEnd(withoutRowid)
    .execute()
}
