import { type Kysely, type RawBuilder, SqliteAdapter, sql } from 'kysely'

/** The main tables. A shipped migration is never changed; later changes are new migrations. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const table = (name: string) => db.schema.createTable(name)
  // `without rowid` stores the table in its primary key's B-tree: one tree less to write for each row, and a commit costs by
  // the pages that it changes. PostgreSQL has no equivalent.
  const isSqlite = db.getExecutor().adapter instanceof SqliteAdapter
  const clustered = <T extends { modifyEnd(sql: RawBuilder<unknown>): T }>(t: T): T =>
    isSqlite ? t.modifyEnd(sql`without rowid`) : t
  const workspace = (t: ReturnType<typeof table>) =>
    t.addColumn('workspace_id', 'text', (c) => c.notNull().references('workspace.id'))

  await table('workspace')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('platform', 'text')
    .addColumn('external_id', 'text')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addUniqueConstraint('workspace_external', ['platform', 'external_id'])
    .execute()

  await workspace(table('unit').addColumn('id', 'text', (c) => c.primaryKey()))
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('code_key', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('position', 'integer', (c) => c.notNull())
    .addColumn('active', 'integer', (c) => c.notNull().check(sql`active in (0, 1)`))
    .addUniqueConstraint('unit_code', ['workspace_id', 'code_key'])
    .execute()

  await workspace(table('person').addColumn('id', 'text', (c) => c.primaryKey()))
    .addColumn('full_name', 'text', (c) => c.notNull())
    .addColumn('email', 'text')
    .addColumn('active', 'integer', (c) => c.notNull().check(sql`active in (0, 1)`))
    .addColumn('on_roster', 'integer', (c) => c.notNull().check(sql`on_roster in (0, 1)`))
    .addUniqueConstraint('person_email', ['workspace_id', 'email'])
    .execute()

  await clustered(workspace(table('role')))
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('unit_id', 'text', (c) => c.notNull().references('unit.id'))
    .addColumn('role', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('role_pk', ['person_id', 'unit_id', 'role'])
    .execute()
  await db.schema.createIndex('role_by_unit').on('role').columns(['unit_id', 'role']).execute()
  await db.schema.createIndex('role_by_role').on('role').columns(['workspace_id', 'role']).execute()

  await clustered(workspace(table('account')))
    .addColumn('platform', 'text', (c) => c.notNull())
    .addColumn('external_id', 'text', (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.references('person.id'))
    .addColumn('met_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('account_pk', ['workspace_id', 'platform', 'external_id'])
    .execute()
  await db.schema.createIndex('account_by_person').on('account').columns(['person_id', 'platform']).execute()

  await workspace(table('campaign').addColumn('id', 'text', (c) => c.primaryKey()))
    .addColumn('code', 'text', (c) => c.notNull())
    .addColumn('plan_hash', 'text', (c) => c.notNull())
    .addColumn('imported_at', 'text', (c) => c.notNull())
    // The last column: it fills several pages, which SQLite must read to reach a column after it.
    .addColumn('plan', 'text', (c) => c.notNull())
    .addUniqueConstraint('campaign_code', ['workspace_id', 'code'])
    .execute()

  const campaign = (t: ReturnType<typeof table>) =>
    workspace(t).addColumn('campaign_id', 'text', (c) => c.notNull().references('campaign.id'))
  const reviewKind = sql`review_kind in ('preliminary', 'final')`

  await campaign(table('review'))
    .addColumn('kind', 'text', (c) => c.notNull().check(sql`kind in ('preliminary', 'final')`))
    .addColumn('date', 'text', (c) => c.notNull())
    .addColumn('set_by', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('set_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('review_pk', ['campaign_id', 'kind'])
    .execute()

  await clustered(workspace(table('counter')))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('value', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('counter_pk', ['workspace_id', 'name'])
    .execute()

  await clustered(campaign(table('submission').addColumn('id', 'text', (c) => c.primaryKey())))
    .addColumn('unit_id', 'text', (c) => c.notNull().references('unit.id'))
    .addColumn('criterion', 'text', (c) => c.notNull())
    .addColumn('number', 'integer', (c) => c.notNull())
    .addColumn('state', 'text', (c) =>
      c.notNull().check(sql`state in ('submitted', 'confirmed', 'accepted', 'returned', 'withdrawn')`),
    )
    .addColumn('text', 'text', (c) => c.notNull())
    .addColumn('done_on', 'text', (c) => c.notNull())
    .addColumn('figure', 'text')
    .addColumn('figure_unit', 'text')
    .addColumn('links', 'text', (c) => c.notNull())
    .addColumn('author_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('submitted_at', 'text', (c) => c.notNull())
    .addColumn('round', 'integer', (c) => c.notNull())
    .addColumn('updated_at', 'text', (c) => c.notNull())
    .addColumn('request_key', 'text')
    .addUniqueConstraint('submission_number', ['campaign_id', 'number'])
    .addUniqueConstraint('submission_request', ['workspace_id', 'request_key'])
    .execute()
  await db.schema
    .createIndex('submission_by_cell')
    .on('submission')
    .columns(['campaign_id', 'unit_id', 'criterion'])
    .execute()

  await clustered(workspace(table('submission_event')))
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('submission_id', 'text', (c) => c.notNull().references('submission.id'))
    .addColumn('from_state', 'text')
    .addColumn('to_state', 'text', (c) => c.notNull())
    .addColumn('by_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('at', 'text', (c) => c.notNull())
    .addColumn('reason', 'text')
    .addPrimaryKeyConstraint('submission_event_pk', ['submission_id', 'id'])
    .execute()

  await campaign(table('nil_report'))
    .addColumn('unit_id', 'text', (c) => c.notNull().references('unit.id'))
    .addColumn('criterion', 'text', (c) => c.notNull())
    .addColumn('review_kind', 'text', (c) => c.notNull().check(reviewKind))
    .addColumn('by_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('nil_report_pk', ['campaign_id', 'unit_id', 'criterion', 'review_kind'])
    .execute()

  const count = (t: ReturnType<typeof table>, name: string) =>
    t.addColumn(name, 'integer', (c) =>
      c
        .notNull()
        .defaultTo(0)
        .check(sql`${sql.ref(name)} >= 0`),
    )
  let tally = clustered(campaign(table('tally')))
    .addColumn('unit_id', 'text', (c) => c.notNull().references('unit.id'))
    .addColumn('criterion', 'text', (c) => c.notNull())
  for (const name of ['submitted', 'confirmed', 'accepted', 'returned']) tally = count(tally, name)
  await tally.addPrimaryKeyConstraint('tally_pk', ['campaign_id', 'unit_id', 'criterion']).execute()

  await campaign(table('standing'))
    .addColumn('review_kind', 'text', (c) => c.notNull().check(reviewKind))
    .addColumn('unit_id', 'text', (c) => c.notNull().references('unit.id'))
    .addColumn('position', 'integer', (c) => c.notNull())
    .addColumn('have', 'integer', (c) => c.notNull())
    .addColumn('waiting', 'integer', (c) => c.notNull())
    .addColumn('missing', 'text', (c) => c.notNull())
    .addColumn('missing_count', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('standing_pk', ['campaign_id', 'review_kind', 'unit_id'])
    .execute()
  await db.schema
    .createIndex('standing_in_order')
    .on('standing')
    .columns(['campaign_id', 'review_kind', 'have', 'position'])
    .execute()

  await campaign(table('summary'))
    .addColumn('review_kind', 'text', (c) => c.notNull().check(reviewKind))
    .addColumn('totals', 'text', (c) => c.notNull())
    .addColumn('version', 'integer', (c) => c.notNull())
    .addPrimaryKeyConstraint('summary_pk', ['campaign_id', 'review_kind'])
    .execute()

  await campaign(table('rung'))
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('planned_at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('rung_pk', ['campaign_id', 'key'])
    .execute()

  await clustered(workspace(table('outbox').addColumn('key', 'text', (c) => c.primaryKey())))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('person_id', 'text', (c) => c.notNull().references('person.id'))
    .addColumn('payload', 'text', (c) => c.notNull())
    .addColumn('state', 'text', (c) =>
      c.notNull().check(sql`state in ('waiting', 'sending', 'sent', 'stale', 'dropped', 'failed', 'unreachable')`),
    )
    .addColumn('dirty', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('due_at', 'text', (c) => c.notNull())
    .addColumn('lease_until', 'text')
    .addColumn('attempts', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('tried_since', 'text')
    .addColumn('uncertain', 'integer', (c) => c.notNull().defaultTo(0))
    .addColumn('error', 'text')
    .addColumn('channel', 'text')
    .addColumn('ts', 'text')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('done_at', 'text')
    .execute()
  await sql`create index outbox_due on outbox (due_at) where state in ('waiting', 'stale')`.execute(db)
  await sql`create index outbox_in_hand on outbox (lease_until) where state = 'sending'`.execute(db)

  await clustered(workspace(table('seen')))
    .addColumn('key', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('seen_pk', ['workspace_id', 'key'])
    .execute()
  await db.schema.createIndex('seen_at').on('seen').column('at').execute()
}
