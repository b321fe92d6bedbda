import { type Kysely, SqliteAdapter, sql } from 'kysely'

/** Drafts of submissions; the reason of a nil report; whether a submission was made on behalf of others. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const withoutRowid = db.getExecutor().adapter instanceof SqliteAdapter ? sql`without rowid` : sql``

  await db.schema
    .createTable('draft')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('workspace_id', 'text', (c) => c.notNull().references('workspace.id'))
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('campaign_id', 'text', (c) => c.notNull().references('campaign.id'))
    .addColumn('content', 'text', (c) => c.notNull())
    .addColumn('hinted', 'integer', (c) => c.notNull().check(sql`hinted in (0, 1)`))
    .addColumn('form', 'text', (c) => c.notNull())
    .addColumn('typed_at', 'bigint', (c) => c.notNull())
    .addColumn('updated_at', 'text', (c) => c.notNull())
    .modifyEnd(withoutRowid)
    .execute()
  await db.schema.createIndex('draft_by_person').on('draft').column('person_id').execute()

  await db.schema.alterTable('nil_report').addColumn('reason', 'text').execute()
  await db.schema
    .alterTable('submission')
    .addColumn('on_behalf', 'integer', (c) => c.notNull().defaultTo(0).check(sql`on_behalf in (0, 1)`))
    .execute()
}
