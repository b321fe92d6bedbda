import { type Kysely, sql } from 'kysely'

/** One more kind of queued work: sending a calendar file to the person who requested it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropIndex('outbox_work').execute()
  await sql`create index outbox_work on outbox (due_at) where state in ('waiting', 'stale')
    and kind in ('attachment.fetch', 'attachment.show', 'calendar.file')`.execute(db)
}
