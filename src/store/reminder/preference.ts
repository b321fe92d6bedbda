import type { ReminderPreference, ReminderPreferences } from '../../core/reminder/preference.js'
import { type Builder, type Exec, first, query } from '../query.js'

type Row = Omit<ReminderPreference, 'early'> & { early: number }
const fromRow = ({ at, atBefore, atFrom, early }: Row): ReminderPreference => ({
  at,
  atBefore,
  atFrom,
  early: Number(early) === 1,
})

const select = (db: Builder, workspaceId: string) =>
  db
    .selectFrom('reminder_wish')
    .select(['person_id as personId', 'at', 'at_before as atBefore', 'at_from as atFrom', 'early'])
    .where('workspace_id', '=', workspaceId)

const all = query<{ workspaceId: string }, Row & { personId: string }>((db, p) => select(db, p.workspaceId))
const ofPerson = query<{ workspaceId: string; personId: string }, Row>((db, p) =>
  select(db, p.workspaceId).where('person_id', '=', p.personId),
)

const put = query<Row & { workspaceId: string; personId: string; setAt: string }, never>((db, p) => {
  const row = { at: p.at, at_before: p.atBefore, at_from: p.atFrom, early: p.early, set_at: p.setAt }
  return db
    .insertInto('reminder_wish')
    .values({ workspace_id: p.workspaceId, person_id: p.personId, ...row })
    .onConflict((c) => c.columns(['workspace_id', 'person_id']).doUpdateSet(row))
})

export const reminderPreferenceRows = (exec: Exec): ReminderPreferences => ({
  all: async (workspaceId) => new Map((await all(exec, { workspaceId })).map((r) => [r.personId, fromRow(r)] as const)),
  ofPerson: async (workspaceId, personId) => {
    const row = first(await ofPerson(exec, { workspaceId, personId }))
    return row && fromRow(row)
  },
  async put(workspaceId, personId, preference, now) {
    const early = preference.early ? 1 : 0
    await put(exec, { ...preference, early, workspaceId, personId, setAt: now.toISOString() })
  },
})
