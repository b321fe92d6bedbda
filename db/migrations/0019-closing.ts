import { type Kysely, SqliteAdapter, sql } from 'kysely'
import { reportMayBecome, unitReportStates } from '../../src/core/report/state.js'

/** Closed reviews: a snapshot of each, which nothing may change; and reports that their unit takes back. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const isSqlite = db.getExecutor().adapter instanceof SqliteAdapter
  const withoutRowid = isSqlite ? sql`without rowid` : sql``

  await db.schema
    .createTable('closing')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('workspace_id', 'text', (c) => c.notNull().references('workspace.id'))
    .addColumn('campaign_id', 'text', (c) => c.notNull().references('campaign.id'))
    .addColumn('review_kind', 'text', (c) => c.notNull().check(sql`review_kind in ('preliminary', 'final')`))
    .addColumn('review_date', 'text', (c) => c.notNull())
    .addColumn('closed_by', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('closed_at', 'text', (c) => c.notNull())
    .addColumn('plan_groups', 'text', (c) => c.notNull())
    .addColumn('totals', 'text', (c) => c.notNull())
    .addColumn('reopened_by', 'text', (c) => c.references('person.id'))
    .addColumn('reopened_at', 'text')
    .addColumn('reopen_reason', 'text')
    .execute()
  // A review is closed at most once at a time.
  await sql`create unique index closing_in_force on closing (campaign_id, review_kind) where reopened_at is null`.execute(
    db,
  )
  const part = (name: string) =>
    db.schema
      .createTable(name)
      .addColumn('workspace_id', 'text', (c) => c.notNull().references('workspace.id'))
      .addColumn('closing_id', 'text', (c) => c.notNull().references('closing.id'))
  await part('closing_unit')
    .addColumn('unit_id', 'text', (c) => c.notNull().references('unit.id'))
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('position', 'integer', (c) => c.notNull())
    .addColumn('have', 'integer', (c) => c.notNull())
    .addColumn('waiting', 'integer', (c) => c.notNull())
    .addColumn('missing', 'text', (c) => c.notNull())
    .addColumn('cells', 'text', (c) => c.notNull())
    .addColumn('report_state', 'text', (c) => c.notNull())
    .addColumn('report_round', 'integer', (c) => c.notNull())
    .addColumn('report_at', 'text')
    .addPrimaryKeyConstraint('closing_unit_pk', ['closing_id', 'unit_id'])
    .modifyEnd(withoutRowid)
    .execute()
  await part('closing_submission')
    .addColumn('submission_id', 'text', (c) => c.notNull().references('submission.id'))
    .addColumn('unit_id', 'text', (c) => c.notNull())
    .addColumn('criterion', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) => c.notNull())
    .addColumn('item', 'text')
    .addPrimaryKeyConstraint('closing_submission_pk', ['closing_id', 'submission_id'])
    .modifyEnd(withoutRowid)
    .execute()
  await db.schema
    .createIndex('closing_submission_of_unit')
    .on('closing_submission')
    .columns(['closing_id', 'unit_id'])
    .execute()

  if (!isSqlite) return
  await sql`drop trigger unit_report_moves`.execute(db)
  for (const guard of guards()) await sql.raw(guard).execute(db)
}

/** Triggers that keep a snapshot as it is, and that reject the transitions of reports that the core rejects. */
function guards(): string[] {
  const moves = unitReportStates.flatMap((from) =>
    unitReportStates.filter((to) => reportMayBecome(from, to)).map((to) => `'${from}>${to}'`),
  )
  const refuse = (name: string, when: string, why: string) =>
    `create trigger ${name} before ${when} begin select raise(abort, '${why}'); end`
  const why = 'a closed review is never changed'
  return [
    refuse(
      'unit_report_moves',
      `update of state on unit_report when old.state || '>' || new.state not in (${moves.join(', ')})`,
      'this state may not follow that one',
    ),
    ...['closing_unit', 'closing_submission'].flatMap((table) => [
      refuse(`${table}_stays`, `delete on ${table}`, why),
      refuse(`${table}_is_final`, `update on ${table}`, why),
    ]),
    refuse('closing_stays', 'delete on closing', why),
    refuse(
      'closing_is_final',
      'update of id, workspace_id, campaign_id, review_kind, review_date, closed_by, closed_at, plan_groups, totals on closing',
      why,
    ),
    // The reason may be blanked later: it is a person's text, which they may have erased.
    refuse(
      'closing_is_reopened_once',
      'update of reopened_by, reopened_at on closing when old.reopened_at is not null',
      'a closing is reopened once',
    ),
  ]
}
