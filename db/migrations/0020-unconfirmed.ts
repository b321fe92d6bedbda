import type { Kysely } from 'kysely'

/** Tells a head's confirmation that was taken back from an edit by the author: both lead from confirmed to submitted. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Null for every other change of state, and for all of older versions.
  await db.schema.alterTable('submission_event').addColumn('what', 'text').execute()
}
