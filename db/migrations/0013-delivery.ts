import { type Kysely, sql } from 'kysely'

/** Whose hand a message is in, and its turn within its workspace: nobody waits behind another workspace's ten thousand. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('outbox').addColumn('lease_by', 'text').execute()
  await sql`drop index outbox_due`.execute(db)
  await sql`create index outbox_turn on outbox (workspace_id, state, due_at) where state in ('waiting', 'stale')`.execute(
    db,
  )
  await sql`create index outbox_failed on outbox (workspace_id, done_at) where state = 'failed'`.execute(db)
}
