import { type Kysely, type RawBuilder, SqliteAdapter, sql } from 'kysely'
import { reportMayBecome, unitReportStates } from '../../src/core/report/state.js'

/** The units' reports for the reviews: the current state of each, its history, and what was sent. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const isSqlite = db.getExecutor().adapter instanceof SqliteAdapter
  const clustered = <T extends { modifyEnd(sql: RawBuilder<unknown>): T }>(t: T): T =>
    isSqlite ? t.modifyEnd(sql`without rowid`) : t
  const table = (name: string) =>
    db.schema.createTable(name).addColumn('workspace_id', 'text', (c) => c.notNull().references('workspace.id'))
  const isState = (column: string) =>
    sql`${sql.ref(column)} in (${sql.raw(unitReportStates.map((s) => `'${s}'`).join(', '))})`

  await clustered(table('unit_report'))
    .addColumn('id', 'text', (c) => c.notNull().unique())
    .addColumn('campaign_id', 'text', (c) => c.notNull().references('campaign.id'))
    .addColumn('review_kind', 'text', (c) => c.notNull().check(sql`review_kind in ('preliminary', 'final')`))
    .addColumn('unit_id', 'text', (c) => c.notNull().references('unit.id'))
    .addColumn('state', 'text', (c) => c.notNull().check(isState('state')))
    .addColumn('round', 'integer', (c) => c.notNull())
    .addColumn('changed_by', 'text', (c) => c.references('person.id'))
    .addColumn('changed_at', 'text')
    .addColumn('reason', 'text')
    .addColumn('self_assessment', 'text', (c) => c.notNull())
    .addColumn('difficulties', 'text', (c) => c.notNull())
    // The form that saved the two texts last, when they were typed in it (microseconds, the chat's clock), and how often the
    // form changed: detects concurrent edits, so that nobody overwrites text that they have not seen.
    .addColumn('text_form', 'text')
    .addColumn('text_typed_at', 'bigint', (c) => c.notNull())
    .addColumn('text_version', 'integer', (c) => c.notNull())
    .addColumn('text_by', 'text', (c) => c.references('person.id'))
    .addColumn('text_at', 'text')
    .addPrimaryKeyConstraint('unit_report_pk', ['campaign_id', 'review_kind', 'unit_id'])
    .execute()

  await clustered(table('unit_report_event'))
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('report_id', 'text', (c) => c.notNull().references('unit_report.id'))
    .addColumn('from_state', 'text', (c) => c.notNull())
    .addColumn('to_state', 'text', (c) => c.notNull())
    .addColumn('round', 'integer', (c) => c.notNull())
    .addColumn('by_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('reason', 'text')
    .addPrimaryKeyConstraint('unit_report_event_pk', ['report_id', 'id'])
    .execute()

  await table('unit_report_sent')
    .addColumn('report_id', 'text', (c) => c.notNull().references('unit_report.id'))
    .addColumn('round', 'integer', (c) => c.notNull())
    .addColumn('by_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('content', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('unit_report_sent_pk', ['report_id', 'round'])
    .execute()

  if (isSqlite) for (const guard of guards()) await sql.raw(guard).execute(db)
}

/** Triggers that reject the state transitions that the core rejects, generated from the core's table of states. */
function guards(): string[] {
  const moves = unitReportStates.flatMap((from) =>
    unitReportStates.filter((to) => reportMayBecome(from, to)).map((to) => `'${from}>${to}'`),
  )
  const refuse = (name: string, when: string, why: string) =>
    `create trigger ${name} before ${when} begin select raise(abort, '${why}'); end`
  return [
    refuse('unit_report_begins', "insert on unit_report when new.state <> 'draft'", 'a report begins as a draft'),
    refuse(
      'unit_report_moves',
      `update of state on unit_report when old.state || '>' || new.state not in (${moves.join(', ')})`,
      'this state may not follow that one',
    ),
    refuse('unit_report_stays', 'delete on unit_report', 'a report is never deleted'),
    refuse('unit_report_event_stays', 'delete on unit_report_event', 'what happened is never deleted'),
    // Not for changes of the reason: it is a person's text, which they may have erased.
    refuse(
      'unit_report_event_happened',
      'update of id, workspace_id, report_id, from_state, to_state, round, by_id, at on unit_report_event',
      'what happened is never changed',
    ),
    refuse('unit_report_sent_stays', 'update on unit_report_sent', 'what was sent is never changed'),
  ]
}
