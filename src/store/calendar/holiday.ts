import type { Holiday, HolidayKind, Holidays } from '../../core/calendar/holiday.js'
import { newId } from '../../new-id.js'
import { type Exec, first, query } from '../query.js'

interface OfYear {
  workspaceId: string
  year: number
}

interface Span {
  workspaceId: string
  from: string
  to: string
}

const version = query<{ workspaceId: string }, { version: string }>((db, p) =>
  db.selectFrom('workspace').select('holiday_version as version').where('id', '=', p.workspaceId),
)

const renew = query<{ workspaceId: string; version: string }, never>((db, p) =>
  db.updateTable('workspace').set({ holiday_version: p.version }).where('id', '=', p.workspaceId),
)

const years = query<{ workspaceId: string }, { year: number }>((db, p) =>
  db.selectFrom('holiday_year').select('year').where('workspace_id', '=', p.workspaceId),
)

const year = query<OfYear, { by: string | null; at: string }>((db, p) =>
  db
    .selectFrom('holiday_year')
    .select(['set_by as by', 'set_at as at'])
    .where('workspace_id', '=', p.workspaceId)
    .where('year', '=', p.year),
)

const putYear = query<OfYear & { by: string | null; at: string }, never>((db, p) =>
  db
    .insertInto('holiday_year')
    .values({ workspace_id: p.workspaceId, year: p.year, set_by: p.by, set_at: p.at })
    .onConflict((c) => c.columns(['workspace_id', 'year']).doUpdateSet({ set_by: p.by, set_at: p.at })),
)

const dropYear = query<OfYear, never>((db, p) =>
  db.deleteFrom('holiday_year').where('workspace_id', '=', p.workspaceId).where('year', '=', p.year),
)

const days = query<{ workspaceId: string }, { date: string; kind: HolidayKind }>((db, p) =>
  db.selectFrom('holiday').select(['date', 'kind']).where('workspace_id', '=', p.workspaceId),
)

const daysIn = query<Span, Holiday>((db, p) =>
  db
    .selectFrom('holiday')
    .select(['date', 'kind', 'name'])
    .where('workspace_id', '=', p.workspaceId)
    .where('date', '>=', p.from)
    .where('date', '<=', p.to)
    .orderBy('date'),
)

const dropDays = query<Span, never>((db, p) =>
  db
    .deleteFrom('holiday')
    .where('workspace_id', '=', p.workspaceId)
    .where('date', '>=', p.from)
    .where('date', '<=', p.to),
)

const putDay = query<{ workspaceId: string } & Holiday, never>((db, p) =>
  db.insertInto('holiday').values({ workspace_id: p.workspaceId, date: p.date, kind: p.kind, name: p.name }),
)

const spanOf = (workspaceId: string, of: number): Span => ({ workspaceId, from: `${of}-01-01`, to: `${of}-12-31` })

export const holidayRows = (exec: Exec): Holidays => ({
  version: async (workspaceId) => first(await version(exec, { workspaceId }))?.version ?? '',
  async year(workspaceId, of) {
    const row = first(await year(exec, { workspaceId, year: of }))
    if (!row) return undefined
    return { year: of, days: await daysIn(exec, spanOf(workspaceId, of)), by: row.by, at: new Date(row.at) }
  },
  all: async (workspaceId) => ({
    years: (await years(exec, { workspaceId })).map((y) => y.year),
    days: await days(exec, { workspaceId }),
  }),
  async put(workspaceId, saved) {
    await dropDays(exec, spanOf(workspaceId, saved.year))
    await putYear(exec, { workspaceId, year: saved.year, by: saved.by, at: saved.at.toISOString() })
    for (const { date, kind, name } of saved.days) await putDay(exec, { workspaceId, date, kind, name })
    await renew(exec, { workspaceId, version: newId() })
  },
  async drop(workspaceId, of) {
    await dropDays(exec, spanOf(workspaceId, of))
    await dropYear(exec, { workspaceId, year: of })
    await renew(exec, { workspaceId, version: newId() })
  },
})
