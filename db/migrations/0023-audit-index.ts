import { type Kysely, sql } from 'kysely'

/** The index of the log by subject leaves out one more change of a submission's state: a confirmation that was taken back. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`drop index audit_by_subject`.execute(db)
  await sql`create index audit_by_subject on audit (subject, seq) where action not in
    ('submission.submitted', 'submission.revised', 'submission.confirmed', 'submission.unconfirmed',
    'submission.accepted', 'submission.returned', 'submission.withdrawn')`.execute(db)
}
