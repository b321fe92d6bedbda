import type { Absence, Absences } from '../../core/people/absence.js'
import { type Builder, type Exec, first, query } from '../query.js'

type Row = Omit<Absence, 'enteredAt' | 'cancelledAt'> & { enteredAt: string; cancelledAt: string | null }
const fromRow = (r: Row): Absence => ({
  ...r,
  enteredAt: new Date(r.enteredAt),
  cancelledAt: r.cancelledAt === null ? null : new Date(r.cancelledAt),
})

const select = (db: Builder, workspaceId: string) =>
  db
    .selectFrom('absence')
    .select([
      'id',
      'workspace_id as workspaceId',
      'person_id as personId',
      'from_date as from',
      'until_date as until',
      'said_by as enteredBy',
      'said_at as enteredAt',
      'cancelled_by as cancelledBy',
      'cancelled_at as cancelledAt',
      'merged_into as mergedInto',
    ])
    .where('workspace_id', '=', workspaceId)

const on = query<{ workspaceId: string; date: string }, { personId: string; until: string }>((db, p) =>
  db
    .selectFrom('absence')
    .select(['person_id as personId', (e) => e.fn.max('until_date').as('until')])
    .where('workspace_id', '=', p.workspaceId)
    .where('cancelled_at', 'is', null)
    .where('until_date', '>=', p.date)
    .where('from_date', '<=', p.date)
    .groupBy('person_id'),
)

const byId = query<{ workspaceId: string; id: string }, Row>((db, p) =>
  select(db, p.workspaceId).where('id', '=', p.id),
)

const standing = query<{ workspaceId: string; personId: string; since: string }, Row>((db, p) =>
  select(db, p.workspaceId)
    .where('person_id', '=', p.personId)
    .where('cancelled_at', 'is', null)
    .where('until_date', '>=', p.since)
    .orderBy('from_date'),
)

const ofPerson = query<{ workspaceId: string; personId: string }, Row>((db, p) =>
  select(db, p.workspaceId).where('person_id', '=', p.personId).orderBy('from_date', 'desc').orderBy('id', 'desc'),
)

const touchedBy = query<{ workspaceId: string; personId: string }, { id: string }>((db, p) =>
  db
    .selectFrom('absence')
    .select('id')
    .where('workspace_id', '=', p.workspaceId)
    .where((e) =>
      e.or([e('person_id', '=', p.personId), e('said_by', '=', p.personId), e('cancelled_by', '=', p.personId)]),
    ),
)

const put = query<Row, never>((db, p) =>
  db
    .insertInto('absence')
    .values({
      id: p.id,
      workspace_id: p.workspaceId,
      person_id: p.personId,
      from_date: p.from,
      until_date: p.until,
      said_by: p.enteredBy,
      said_at: p.enteredAt,
      cancelled_by: p.cancelledBy,
      cancelled_at: p.cancelledAt,
      merged_into: p.mergedInto,
    })
    .onConflict((c) =>
      c.column('id').doUpdateSet({
        from_date: p.from,
        until_date: p.until,
        said_by: p.enteredBy,
        said_at: p.enteredAt,
        cancelled_by: p.cancelledBy,
        cancelled_at: p.cancelledAt,
        merged_into: p.mergedInto,
      }),
    ),
)

export const absenceRows = (exec: Exec): Absences => ({
  on: async (workspaceId, date) =>
    new Map((await on(exec, { workspaceId, date })).map((r) => [r.personId, r.until] as const)),
  byId: async (workspaceId, id) => {
    const row = first(await byId(exec, { workspaceId, id }))
    return row && fromRow(row)
  },
  active: async (workspaceId, personId, since) => (await standing(exec, { workspaceId, personId, since })).map(fromRow),
  ofPerson: async (workspaceId, personId) => (await ofPerson(exec, { workspaceId, personId })).map(fromRow),
  touchedBy: async (workspaceId, personId) => (await touchedBy(exec, { workspaceId, personId })).map((r) => r.id),
  async put(absence) {
    const { enteredAt, cancelledAt, ...rest } = absence
    await put(exec, { ...rest, enteredAt: enteredAt.toISOString(), cancelledAt: cancelledAt?.toISOString() ?? null })
  },
})
