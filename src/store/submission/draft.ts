import type { Draft, Drafts, TypedAt } from '../../core/submission/draft.js'
import { type Builder, change, type Exec, first, query } from '../query.js'

interface Row extends Omit<Draft, 'content' | 'hinted' | 'updatedAt' | 'withheld'> {
  content: string
  withheld: string | null
  hinted: number
  updatedAt: string
}

const fromRow = (r: Row): Draft => ({
  ...r,
  content: JSON.parse(r.content) as Draft['content'],
  hinted: r.hinted === 1,
  updatedAt: new Date(r.updatedAt),
  withheld: r.withheld === null ? [] : (JSON.parse(r.withheld) as string[]),
})

type Saved = Omit<Row, 'withheld'> & TypedAt
const changed = (p: Saved) => ({
  campaign_id: p.campaignId,
  content: p.content,
  hinted: p.hinted,
  form: p.form,
  typed_at: p.micros,
  updated_at: p.updatedAt,
})

const insert = change<Saved>((db, p) =>
  db
    .insertInto('draft')
    .values({ id: p.id, workspace_id: p.workspaceId, person_id: p.personId, ...changed(p) })
    .onConflict((c) =>
      c
        .column('id')
        .doUpdateSet(changed(p))
        .where('draft.person_id', '=', p.personId)
        .where((e) => e.or([e('draft.form', '!=', p.form), e('draft.typed_at', '<', p.micros)])),
    ),
)

const update = change<Saved>((db, p) =>
  db
    .updateTable('draft')
    .set(changed(p))
    .where('id', '=', p.id)
    .where('person_id', '=', p.personId)
    .where((e) => e.or([e('form', '!=', p.form), e('typed_at', '<', p.micros)])),
)

/** Leaves the form and the time of the last input as they are, so that input in another order is still seen as such. */
const withhold = change<Row & { form: string }>((db, p) =>
  db
    .insertInto('draft')
    .values({
      id: p.id,
      workspace_id: p.workspaceId,
      person_id: p.personId,
      campaign_id: p.campaignId,
      content: p.content,
      hinted: p.hinted,
      form: p.form,
      typed_at: 0,
      updated_at: p.updatedAt,
      withheld: p.withheld,
    })
    .onConflict((c) =>
      c
        .column('id')
        .doUpdateSet({ content: p.content, withheld: p.withheld, updated_at: p.updatedAt })
        .where('draft.person_id', '=', p.personId),
    ),
)

const select = (db: Builder) =>
  db
    .selectFrom('draft')
    .select([
      'id',
      'workspace_id as workspaceId',
      'person_id as personId',
      'campaign_id as campaignId',
      'content',
      'hinted',
      'updated_at as updatedAt',
      'withheld',
    ])
const byId = query<{ workspaceId: string; id: string }, Row>((db, p) =>
  select(db).where('id', '=', p.id).where('workspace_id', '=', p.workspaceId),
)

const ofPerson = query<{ workspaceId: string; personId: string; campaignId: string }, Row>((db, p) =>
  select(db)
    .where('person_id', '=', p.personId)
    .where('workspace_id', '=', p.workspaceId)
    .where('campaign_id', '=', p.campaignId)
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc'),
)

const remove = change<{ personId: string; id: string }>((db, p) =>
  db.deleteFrom('draft').where('id', '=', p.id).where('person_id', '=', p.personId),
)

const forget = change<{ before: string }>((db, p) => db.deleteFrom('draft').where('updated_at', '<', p.before))

export const draftRows = (exec: Exec): Drafts => ({
  async save({ content, hinted, updatedAt, withheld: _, ...rest }, at, isNew) {
    const row = {
      ...rest,
      ...at,
      content: JSON.stringify(content),
      hinted: hinted ? 1 : 0,
      updatedAt: updatedAt.toISOString(),
    }
    await (isNew ? insert(exec, row) : update(exec, row))
  },
  async withhold({ content, hinted, updatedAt, withheld, ...rest }, form, erases) {
    await withhold(exec, {
      ...rest,
      form,
      content: JSON.stringify(content),
      hinted: hinted ? 1 : 0,
      updatedAt: updatedAt.toISOString(),
      withheld: JSON.stringify(withheld),
    })
    if (erases) exec.eraseLog()
  },
  async byId(workspaceId, id) {
    const row = first(await byId(exec, { workspaceId, id }))
    return row && fromRow(row)
  },
  ofPerson: async (workspaceId, personId, campaignId) =>
    (await ofPerson(exec, { workspaceId, personId, campaignId })).map(fromRow),
  async remove(personId, id) {
    await remove(exec, { personId, id })
  },
  async forget(before) {
    await forget(exec, { before: before.toISOString() })
  },
})
