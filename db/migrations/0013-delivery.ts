import { type Kysely, sql } from 'kysely'

/** The lease owner of a message, and its order within its workspace, so that no workspace waits for another's messages. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('outbox').addColumn('lease_by', 'text').execute()
  await sql`drop index outbox_due`.execute(db)
  await sql`create index outbox_turn on outbox (workspace_id, state, due_at) where state in ('waiting', 'stale')`.execute(
    db,
  )
  await sql`create index outbox_failed on outbox (workspace_id, done_at) where state = 'failed'`.execute(db)
}
