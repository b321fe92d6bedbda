import { type Kysely, type RawBuilder, SqliteAdapter, sql } from 'kysely'
import { mayBecome, submissionStates } from '../../src/core/submission/state.js'

/** Triggers that guard states, the Command Board's desk, and the full-text index. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const isSqlite = db.getExecutor().adapter instanceof SqliteAdapter
  const clustered = <T extends { modifyEnd(sql: RawBuilder<unknown>): T }>(t: T): T =>
    isSqlite ? t.modifyEnd(sql`without rowid`) : t
  const table = (name: string) =>
    db.schema.createTable(name).addColumn('workspace_id', 'text', (c) => c.notNull().references('workspace.id'))

  // Open submissions in the order of the queue: stays small, and a head's confirmation does not change it.
  await sql`create index submission_open on submission (campaign_id, number)
    where state in ('submitted', 'confirmed')`.execute(db)

  await clustered(table('desk_later'))
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('submission_id', 'text', (c) => c.notNull().references('submission.id'))
    .addColumn('until', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('desk_later_pk', ['person_id', 'submission_id'])
    .execute()

  // How far the audit log has been indexed, and the submissions older than the log that are still to be indexed.
  await clustered(
    db.schema
      .createTable('search_read')
      .addColumn('workspace_id', 'text', (c) => c.primaryKey().references('workspace.id'))
      .addColumn('seq', 'integer', (c) => c.notNull()),
  ).execute()
  await clustered(table('search_mark'))
    .addColumn('submission_id', 'text', (c) => c.primaryKey())
    .execute()
  await sql`insert into search_mark (workspace_id, submission_id) select workspace_id, id from submission`.execute(db)

  if (!isSqlite) {
    await table('search_doc')
      .addColumn('submission_id', 'text', (c) => c.primaryKey().references('submission.id'))
      .addColumn('words', sql`tsvector`, (c) => c.notNull())
      .execute()
    await sql`create index search_doc_words on search_doc using gin (words)`.execute(db)
    return
  }
  await table('search_doc')
    .addColumn('id', 'integer', (c) => c.primaryKey())
    .addColumn('submission_id', 'text', (c) => c.notNull().unique().references('submission.id'))
    .execute()
  // Contentless; the text is folded before it is inserted, so the tokenizer only splits at spaces.
  await sql`create virtual table search_text using fts5(number, names, text, files,
    content = '', contentless_delete = 1, tokenize = 'ascii')`.execute(db)

  for (const guard of guards()) await sql.raw(guard).execute(db)
}

/** Triggers that reject the state transitions that the core rejects, generated from the core's table of states. */
function guards(): string[] {
  const moves = submissionStates.flatMap((from) =>
    submissionStates.filter((to) => mayBecome(from, to)).map((to) => `'${from}>${to}'`),
  )
  const refuse = (name: string, when: string, why: string) =>
    `create trigger ${name} before ${when} begin select raise(abort, '${why}'); end`
  return [
    refuse(
      'submission_begins',
      "insert on submission when new.state <> 'submitted'",
      'a submission begins as submitted',
    ),
    refuse(
      'submission_moves',
      `update of state on submission when old.state || '>' || new.state not in (${moves.join(', ')})`,
      'this state may not follow that one',
    ),
    refuse('submission_stays', 'delete on submission', 'a submission is never deleted'),
    refuse('submission_event_stays', 'delete on submission_event', 'what happened is never deleted'),
    // Not for changes of the reason: it is a person's text, which they may have erased.
    refuse(
      'submission_event_happened',
      'update of id, workspace_id, submission_id, from_state, to_state, by_id, at on submission_event',
      'what happened is never changed',
    ),
  ]
}
