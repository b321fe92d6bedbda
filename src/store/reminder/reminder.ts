import { sql } from 'kysely'
import type { ReviewKind } from '../../core/campaign/review.js'
import type { ReminderLine, Reminders, UnitPerson, UnitReminder } from '../../core/reminder/rows.js'
import { bulk, type Exec, first, query } from '../query.js'

const ofReview = query<
  { campaignId: string; kind: ReviewKind; reviewDate: string; by: string },
  { unitId: string; times: number | string; last: string }
>((db, p) =>
  db
    .selectFrom('reminder as r')
    .innerJoin('outbox as o', 'o.key', 'r.outbox_key')
    // Two heads who were reminded in one run count as one reminder.
    .select((e) => [
      'r.unit_id as unitId',
      e.fn.count<number | string>('r.at').distinct().as('times'),
      e.fn.max<string>('r.at').as('last'),
    ])
    .where('r.campaign_id', '=', p.campaignId)
    .where('r.review_kind', '=', p.kind)
    .where('r.review_date', '=', p.reviewDate)
    .where('r.at', '<=', p.by)
    .where('o.state', 'not in', ['dropped', 'failed', 'unreachable'])
    .groupBy('r.unit_id'),
)

const ofRung = query<{ campaignId: string; kind: ReviewKind; date: string; rung: number }, UnitPerson>((db, p) =>
  db
    .selectFrom('reminder')
    .select(['unit_id as unitId', 'person_id as personId'])
    .where('campaign_id', '=', p.campaignId)
    .where('review_kind', '=', p.kind)
    .where('review_date', '=', p.date)
    .where('rung', '>=', p.rung),
)

const ofUnit = query<
  { campaignId: string; kind: ReviewKind; unitId: string },
  Omit<UnitReminder, 'at'> & { at: string }
>((db, p) =>
  db
    .selectFrom('reminder as r')
    .innerJoin('outbox as o', 'o.key', 'r.outbox_key')
    .select([
      'r.person_id as personId',
      'r.review_date as reviewDate',
      'r.rung as rung',
      'r.at as at',
      'o.state as state',
    ])
    .where('r.campaign_id', '=', p.campaignId)
    .where('r.review_kind', '=', p.kind)
    .where('r.unit_id', '=', p.unitId)
    .orderBy('r.at'),
)

const forget = query<{ campaignId: string; kind: ReviewKind; unitId: string; key: string }, never>((db, p) =>
  db
    .deleteFrom('reminder')
    .where('campaign_id', '=', p.campaignId)
    .where('review_kind', '=', p.kind)
    .where('unit_id', '=', p.unitId)
    .where('outbox_key', '=', p.key),
)

/** SQLite takes the other columns from the row with the maximum. */
const latestOf = query<{ campaignId: string; kind: ReviewKind; since: string }, { key: string }>((db, p) =>
  db
    .selectFrom('reminder as r')
    .innerJoin('outbox as o', 'o.key', 'r.outbox_key')
    .select((e) => ['r.outbox_key as key', e.fn.max<string>('r.at').as('at')])
    .where('r.campaign_id', '=', p.campaignId)
    .where('r.review_kind', '=', p.kind)
    .where('r.at', '>=', p.since)
    .where('o.ts', 'is not', null)
    .groupBy('r.person_id')
    .orderBy('at', 'desc'),
)

const lately = query<{ workspaceId: string; since: string }, { personId: string; last: string }>((db, p) =>
  db
    .selectFrom('reminder')
    .select((e) => ['person_id as personId', e.fn.max<string>('at').as('last')])
    .where('workspace_id', '=', p.workspaceId)
    .where('at', '>=', p.since)
    .groupBy('person_id'),
)

const snoozed = query<{ workspaceId: string }, { personId: string; key: string; until: string }>((db, p) =>
  db
    .selectFrom('snooze')
    .select(['person_id as personId', 'outbox_key as key', 'until'])
    .where('workspace_id', '=', p.workspaceId),
)

const snoozeOf = query<{ personId: string }, { key: string; until: string }>((db, p) =>
  db.selectFrom('snooze').select(['outbox_key as key', 'until']).where('person_id', '=', p.personId),
)

const sentTo = query<{ from: string; to: string; since: string }, { key: string; createdAt: string; payload: string }>(
  (db, p) =>
    db
      .selectFrom('outbox')
      .select(['key', 'created_at as createdAt', 'payload'])
      .where('key', '>=', p.from)
      .where('key', '<', p.to)
      .where('created_at', '>=', p.since)
      .where('ts', 'is not', null)
      .where('state', 'in', ['sent', 'stale', 'sending'])
      .orderBy('created_at')
      .orderBy('key'),
)

const renameMessage = query<{ key: string; to: string }, never>((db, p) =>
  db.updateTable('outbox').set({ key: p.to }).where('key', '=', p.key),
)

const renameLine = query<{ campaignId: string; kind: ReviewKind; unitId: string; key: string; to: string }, never>(
  (db, p) =>
    db
      .updateTable('reminder')
      .set({ outbox_key: p.to })
      .where('campaign_id', '=', p.campaignId)
      .where('review_kind', '=', p.kind)
      .where('unit_id', '=', p.unitId)
      .where('outbox_key', '=', p.key),
)

const newer = query<{ from: string; to: string; after: string; now: string }, { payload: string }>((db, p) =>
  db
    .selectFrom('outbox')
    .select('payload')
    .where('key', '>=', p.from)
    .where('key', '<', p.to)
    .where('created_at', '>', p.after)
    .where('due_at', '<=', p.now)
    .where('state', 'in', ['waiting', 'sending', 'sent', 'stale', 'unreachable']),
)

const unsent = query<{ workspaceId: string }, { key: string; personId: string; payload: string; dueAt: string }>(
  (db, p) =>
    db
      .selectFrom('outbox')
      .select(['key', 'person_id as personId', 'payload', 'due_at as dueAt'])
      .where('workspace_id', '=', p.workspaceId)
      .where(sql<boolean>`state = 'waiting'`)
      .where('kind', '=', 'reminder')
      .where('ts', 'is', null)
      .where('uncertain', '=', 0),
)

const snooze = query<{ workspaceId: string; personId: string; key: string; until: string }, never>((db, p) =>
  db
    .insertInto('snooze')
    .values({ workspace_id: p.workspaceId, person_id: p.personId, outbox_key: p.key, until: p.until })
    .onConflict((c) => c.column('person_id').doUpdateSet({ outbox_key: p.key, until: p.until })),
)

const forgetSnooze = query<{ personId: string }, never>((db, p) =>
  db.deleteFrom('snooze').where('person_id', '=', p.personId),
)

type OfReview = {
  workspaceId: string
  campaignId: string
  kind: ReviewKind
  reviewDate: string
  at: string
  rung: number | null
}

/** Values that all lines of a review share are bound once: with tens of thousands of lines that saves half of the time. */
const log = bulk<ReminderLine, never, OfReview>((db, rows, p) =>
  db
    .insertInto('reminder')
    .columns([
      'workspace_id',
      'campaign_id',
      'review_kind',
      'review_date',
      'unit_id',
      'person_id',
      'outbox_key',
      'at',
      'rung',
    ])
    .expression((e) =>
      e
        .selectFrom(
          sql<{
            column1: string
            column2: string
            column3: string
          }>`(values ${sql.join(rows.map((l) => sql`(${l.unitId}, ${l.personId}, ${l.key})`))})`.as('line'),
        )
        .select([
          sql<string>`${p.workspaceId}`.as('w'),
          sql<string>`${p.campaignId}`.as('c'),
          sql<ReviewKind>`${p.kind}`.as('k'),
          sql<string>`${p.reviewDate}`.as('d'),
          'column1',
          'column2',
          'column3',
          sql<string>`${p.at}`.as('t'),
          sql<number | null>`${p.rung}`.as('r'),
        ])
        // Without a condition SQLite would parse `on conflict` as the condition of a join.
        .where(sql<boolean>`true`),
    )
    .onConflict((c) =>
      c.columns(['campaign_id', 'review_kind', 'unit_id', 'outbox_key']).doUpdateSet({
        rung: sql`case when excluded.review_date <> review_date then excluded.rung
          else max(coalesce(rung, excluded.rung), coalesce(excluded.rung, rung)) end`,
        review_date: sql`excluded.review_date`,
      }),
    ),
)

export const reminderRows = (exec: Exec): Reminders => ({
  async log(workspaceId, lines, now) {
    const at = now.toISOString()
    const byReview = new Map<string, ReminderLine[]>()
    for (const line of lines) {
      const review = `${line.campaignId}:${line.kind}:${line.reviewDate}:${line.rung}`
      const same = byReview.get(review)
      if (same) same.push(line)
      else byReview.set(review, [line])
    }
    for (const same of byReview.values()) {
      const { campaignId, kind, reviewDate, rung = null } = same[0] as ReminderLine
      await log(exec, same, { workspaceId, campaignId, kind, reviewDate, at, rung })
    }
  },
  async ofReview(campaignId, kind, reviewDate, by) {
    const rows = await ofReview(exec, { campaignId, kind, reviewDate, by: by.toISOString() })
    return new Map(rows.map((r) => [r.unitId, { times: Number(r.times), last: new Date(r.last) }]))
  },
  ofRung: (campaignId, { kind, date }, rung) => ofRung(exec, { campaignId, kind, date, rung }),
  async ofUnit(campaignId, kind, unitId) {
    return (await ofUnit(exec, { campaignId, kind, unitId })).map((r) => ({ ...r, at: new Date(r.at) }))
  },
  async forget(key, { campaignId, kind, unitId }) {
    await forget(exec, { campaignId, kind, unitId, key })
  },
  latestOf: async (campaignId, kind, since) =>
    (await latestOf(exec, { campaignId, kind, since: since.toISOString() })).map((r) => r.key),
  async lately(workspaceId, since) {
    const rows = await lately(exec, { workspaceId, since: since.toISOString() })
    return new Map(rows.map((r) => [r.personId, new Date(r.last)]))
  },
  async sentTo(about, since) {
    // The character after a colon: every key that begins with `about` sorts before it.
    const rows = await sentTo(exec, { from: about, to: `${about.slice(0, -1)};`, since: since.toISOString() })
    return rows.map((r) => ({
      key: r.key,
      createdAt: new Date(r.createdAt),
      payload: JSON.parse(r.payload) as Record<string, unknown>,
    }))
  },
  async snoozeOf(personId) {
    const row = first(await snoozeOf(exec, { personId }))
    return row && { key: row.key, until: new Date(row.until) }
  },
  async rename(key, to, items) {
    await renameMessage(exec, { key, to })
    for (const { campaignId, kind, units } of items)
      for (const unitId of units) await renameLine(exec, { campaignId, kind, unitId, key, to })
  },
  async newer(about, after, now) {
    const to = `${about.slice(0, -1)};`
    const rows = await newer(exec, { from: about, to, after: after.toISOString(), now: now.toISOString() })
    return rows.map((r) => ({ payload: JSON.parse(r.payload) as unknown }))
  },
  async unsent(workspaceId) {
    const rows = await unsent(exec, { workspaceId })
    return rows.map((r) => ({ ...r, payload: JSON.parse(r.payload) as unknown, dueAt: new Date(r.dueAt) }))
  },
  async snoozed(workspaceId) {
    const rows = await snoozed(exec, { workspaceId })
    return new Map(rows.map((r) => [r.personId, { key: r.key, until: new Date(r.until) }]))
  },
  async snooze(workspaceId, personId, { key, until }) {
    await snooze(exec, { workspaceId, personId, key, until: until.toISOString() })
  },
  async forgetSnooze(personId) {
    await forgetSnooze(exec, { personId })
  },
})
