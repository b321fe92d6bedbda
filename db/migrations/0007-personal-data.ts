import { type Kysely, SqliteAdapter, sql } from 'kysely'

/** Paper receipts, requests to erase personal data, and indexes of the audit log. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const isSqlite = db.getExecutor().adapter instanceof SqliteAdapter
  const withoutRowid = isSqlite ? sql`without rowid` : sql``

  // Only that a paper was received, when and for which cell; not its content or number. An undo deletes the row; the audit log keeps both.
  await db.schema
    .createTable('paper_receipt')
    .addColumn('workspace_id', 'text', (c) => c.notNull().references('workspace.id'))
    .addColumn('campaign_id', 'text', (c) => c.notNull().references('campaign.id'))
    .addColumn('unit_id', 'text', (c) => c.notNull().references('unit.id'))
    .addColumn('criterion', 'text', (c) => c.notNull())
    .addColumn('received_on', 'text', (c) => c.notNull())
    .addColumn('recorded_by', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('paper_receipt_pk', ['campaign_id', 'unit_id', 'criterion', 'received_on'])
    .modifyEnd(withoutRowid)
    .execute()
  await db.schema
    .alterTable('tally')
    .addColumn('paper', 'integer', (c) => c.notNull().defaultTo(0).check(sql`paper >= 0`))
    .execute()

  await db.schema
    .createTable('erasure')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('workspace_id', 'text', (c) => c.notNull().references('workspace.id'))
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('what', 'text', (c) => c.notNull().check(sql`what in ('drafts', 'name', 'all')`))
    .addColumn('reason', 'text')
    .addColumn('asked_at', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull().check(sql`state in ('waiting', 'agreed', 'refused', 'taken_back')`))
    .addColumn('decided_by', 'text', (c) => c.references('person.id'))
    .addColumn('decided_at', 'text')
    .addColumn('decision_reason', 'text')
    .modifyEnd(withoutRowid)
    .execute()
  // One pending request per person, also with two processes.
  await sql`create unique index erasure_waiting on erasure (person_id) where state = 'waiting'`.execute(db)

  if (isSqlite) for (const guard of guards) await sql.raw(guard).execute(db)

  // Without changes of a submission's state, which are found by their own events: each would be one more B-tree to write.
  await sql`create index audit_by_subject on audit (subject, seq) where action not in
    ('submission.submitted', 'submission.revised', 'submission.confirmed', 'submission.accepted',
    'submission.returned', 'submission.withdrawn')`.execute(db)
}

/** An event's author is immutable like the rest, except when a person's name is erased: then it becomes a placeholder person. */
const guards = [
  'drop trigger submission_event_happened',
  `create trigger submission_event_happened
    before update of id, workspace_id, submission_id, from_state, to_state, at on submission_event
    begin select raise(abort, 'what happened is never changed'); end`,
  `create trigger submission_event_by before update of by_id on submission_event
    when not exists (select 1 from person where id = new.by_id and active = 0 and email is null)
    begin select raise(abort, 'what happened is never changed'); end`,
]
