import { sql } from 'kysely'
import { emptyTally, type Tally } from '../../core/progress/progress.js'
import type { Progress } from '../../core/progress/progress-rows.js'
import { type Exec, first, query } from '../query.js'

const states = ['submitted', 'confirmed', 'accepted', 'returned'] as const
const counts = [...states, 'paper'] as const
type Cell = { campaignId: string; unitId: string; criterion: string }

const tally = query<Cell, Tally>((db, p) =>
  db
    .selectFrom('tally')
    .select(counts)
    .where('campaign_id', '=', p.campaignId)
    .where('unit_id', '=', p.unitId)
    .where('criterion', '=', p.criterion),
)

const talliesOf = query<{ campaignId: string; unitId: string }, Tally & { criterion: string }>((db, p) =>
  db
    .selectFrom('tally')
    .select([...counts, 'criterion'])
    .where('campaign_id', '=', p.campaignId)
    .where('unit_id', '=', p.unitId),
)

const unitsWaiting = query<{ campaignId: string }, { unitId: string }>((db, p) =>
  db
    .selectFrom('tally')
    .select('unit_id as unitId')
    .distinct()
    .where('campaign_id', '=', p.campaignId)
    .where('submitted', '>', 0),
)

const ofAll = query<{ campaignId: string }, Record<keyof Tally, number | string | null>>((db, p) =>
  db
    .selectFrom('tally')
    .select((e) => counts.map((c) => e.fn.sum<number | string | null>(c).as(c)))
    .where('campaign_id', '=', p.campaignId),
)

const addTo = Object.fromEntries(
  counts.map((column) => [
    column,
    query<Cell & { workspaceId: string; by: number }, Tally>((db, p) =>
      db
        .insertInto('tally')
        .values({
          workspace_id: p.workspaceId,
          campaign_id: p.campaignId,
          unit_id: p.unitId,
          criterion: p.criterion,
          submitted: 0,
          confirmed: 0,
          accepted: 0,
          returned: 0,
          paper: 0,
          [column]: p.by,
        })
        .onConflict((c) =>
          c
            .columns(['campaign_id', 'unit_id', 'criterion'])
            .doUpdateSet((e) => ({ [column]: e(`tally.${column}`, '+', p.by) })),
        )
        .returning(counts),
    ),
  ]),
) as Record<keyof Tally, (exec: Exec, p: Cell & { workspaceId: string; by: number }) => Promise<Tally[]>>

const lessFrom = Object.fromEntries(
  counts.map((column) => [
    column,
    query<Cell, Tally>((db, p) =>
      db
        .updateTable('tally')
        .set((e) => ({ [column]: e(`tally.${column}`, '-', 1) }))
        .where('campaign_id', '=', p.campaignId)
        .where('unit_id', '=', p.unitId)
        .where('criterion', '=', p.criterion)
        .returning(counts),
    ),
  ]),
) as Record<keyof Tally, (exec: Exec, p: Cell) => Promise<Tally[]>>

const wrongTallies = query<{ campaignId: string }, { cell: string }>((db, p) =>
  db
    .selectFrom('tally')
    .select(sql<string>`tally.unit_id || ' ' || tally.criterion`.as('cell'))
    .where('campaign_id', '=', p.campaignId)
    .where((e) =>
      e.or(
        states.map((state) =>
          e(
            state,
            '!=',
            e
              .selectFrom('submission as s')
              .select((f) => f.fn.countAll<number>().as('n'))
              .whereRef('s.campaign_id', '=', 'tally.campaign_id')
              .whereRef('s.unit_id', '=', 'tally.unit_id')
              .whereRef('s.criterion', '=', 'tally.criterion')
              .where('s.state', '=', state),
          ),
        ),
      ),
    ),
)

const wrongPaper = query<{ campaignId: string }, { cell: string }>((db, p) =>
  db
    .selectFrom('tally')
    .select(sql<string>`tally.unit_id || ' ' || tally.criterion`.as('cell'))
    .where('campaign_id', '=', p.campaignId)
    .where((e) =>
      e(
        'paper',
        '!=',
        e
          .selectFrom('paper_receipt as r')
          .select((f) => f.fn.countAll<number>().as('n'))
          .whereRef('r.campaign_id', '=', 'tally.campaign_id')
          .whereRef('r.unit_id', '=', 'tally.unit_id')
          .whereRef('r.criterion', '=', 'tally.criterion'),
      ),
    ),
)

const untalliedPaper = query<{ campaignId: string }, { cell: string }>((db, p) =>
  db
    .selectFrom('paper_receipt as r')
    .leftJoin('tally', (j) =>
      j
        .onRef('tally.campaign_id', '=', 'r.campaign_id')
        .onRef('tally.unit_id', '=', 'r.unit_id')
        .onRef('tally.criterion', '=', 'r.criterion'),
    )
    .select(sql<string>`r.unit_id || ' ' || r.criterion`.as('cell'))
    .distinct()
    .where('r.campaign_id', '=', p.campaignId)
    .where('tally.unit_id', 'is', null),
)

const untallied = query<{ campaignId: string }, { cell: string }>((db, p) =>
  db
    .selectFrom('submission as s')
    .leftJoin('tally', (j) =>
      j
        .onRef('tally.campaign_id', '=', 's.campaign_id')
        .onRef('tally.unit_id', '=', 's.unit_id')
        .onRef('tally.criterion', '=', 's.criterion'),
    )
    .select(sql<string>`s.unit_id || ' ' || s.criterion`.as('cell'))
    .distinct()
    .where('s.campaign_id', '=', p.campaignId)
    .where('tally.unit_id', 'is', null),
)

/** The numbers of submissions of each cell by state, and of its paper receipts. */
export const tallyRows = (
  exec: Exec,
): Pick<Progress, 'tally' | 'talliesOf' | 'unitsWaiting' | 'tallyOfAll' | 'addToTally' | 'drift'> => ({
  tally: async (campaignId, unitId, criterion) =>
    first(await tally(exec, { campaignId, unitId, criterion })) ?? emptyTally,
  async talliesOf(campaignId, unitId) {
    const rows = await talliesOf(exec, { campaignId, unitId })
    return new Map(rows.map(({ criterion, ...t }) => [criterion, t]))
  },
  unitsWaiting: async (campaignId) => (await unitsWaiting(exec, { campaignId })).map((r) => r.unitId),
  async tallyOfAll(campaignId) {
    const sums = first(await ofAll(exec, { campaignId }))
    return Object.fromEntries(counts.map((c) => [c, Number(sums?.[c] ?? 0)])) as unknown as Tally
  },
  async addToTally(workspaceId, campaignId, unitId, criterion, state, by) {
    // An upsert checks its insert first, which a negative count would fail, so decrements are updates.
    const cell = { campaignId, unitId, criterion }
    const rows = by > 0 ? addTo[state](exec, { ...cell, workspaceId, by }) : lessFrom[state](exec, cell)
    return first(await rows) ?? emptyTally
  },
  async drift(_workspaceId, campaignId) {
    const rows = []
    for (const look of [wrongTallies, untallied, wrongPaper, untalliedPaper])
      rows.push(...(await look(exec, { campaignId })))
    return [...new Set(rows.map((r) => r.cell))]
  },
})
