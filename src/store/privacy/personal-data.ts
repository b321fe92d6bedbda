import { sql } from 'kysely'
import type { HeldAccount, PersonalData } from '../../core/privacy/personal-data.js'
import { isMessage } from '../outbox/conditions.js'
import { rosterChanged } from '../people/workspace.js'
import { type Exec, first, query } from '../query.js'
import { authored } from '../submission/history.js'

const LONG_AGO = '1970-01-01T00:00:00.000Z'

interface One {
  workspaceId: string
  personId: string
}

const submissions = query<One, { n: number | string }>((db, p) =>
  authored(db, p.workspaceId, p.personId).select((e) => e.fn.countAll<number | string>().as('n')),
)

const messages = query<One, { n: number | string }>((db, p) =>
  db
    .selectFrom('outbox')
    .select((e) => e.fn.countAll<number | string>().as('n'))
    .where('workspace_id', '=', p.workspaceId)
    .where('person_id', '=', p.personId)
    .where(isMessage),
)

const drafts = query<One, { n: number | string }>((db, p) =>
  db
    .selectFrom('draft')
    .select((e) => e.fn.countAll<number | string>().as('n'))
    .where('workspace_id', '=', p.workspaceId)
    .where('person_id', '=', p.personId),
)

const dropDrafts = query<One, never>((db, p) =>
  db.deleteFrom('draft').where('workspace_id', '=', p.workspaceId).where('person_id', '=', p.personId),
)

const dropFiles = query<One, never>((db, p) =>
  db
    .updateTable('attachment')
    .set({ state: 'removed' })
    .where(
      'drop_id',
      'in',
      db
        .selectFrom('file_drop')
        .select('id')
        .where('workspace_id', '=', p.workspaceId)
        .where('person_id', '=', p.personId),
    )
    .where('state', '!=', 'removed'),
)

/** Clears texts and keys. The date makes the drops old enough for the next tick to delete them with their files. */
const blankDrops = query<One, never>((db, p) =>
  db
    .updateTable('file_drop')
    .set({ text: '', request_key: null, created_at: LONG_AGO })
    .where('workspace_id', '=', p.workspaceId)
    .where('person_id', '=', p.personId),
)

/** Drops that became submissions would reveal their authors. */
const forgetUsedDrops = query<One, never>((db, p) =>
  db
    .deleteFrom('file_drop')
    .where('workspace_id', '=', p.workspaceId)
    .where('person_id', '=', p.personId)
    .where('submission_id', 'is not', null),
)

const giveFiles = query<One & { to: string }, never>((db, p) =>
  db
    .updateTable('attachment')
    .set({ added_by: p.to })
    .where('workspace_id', '=', p.workspaceId)
    .where('added_by', '=', p.personId)
    .where('submission_id', 'is not', null),
)

const giveFetches = query<One & { to: string }, never>((db, p) =>
  db
    .updateTable('outbox')
    .set({ person_id: p.to })
    .where('workspace_id', '=', p.workspaceId)
    .where('person_id', '=', p.personId)
    .where('kind', '=', 'attachment.fetch'),
)

const accounts = query<One, Omit<HeldAccount, 'metAt'> & { metAt: string }>((db, p) =>
  db
    .selectFrom('account')
    .select(['platform', 'external_id as externalId', 'met_at as metAt'])
    .where('workspace_id', '=', p.workspaceId)
    .where('person_id', '=', p.personId)
    .orderBy('met_at', 'desc'),
)

const touched = query<One, { id: string }>((db, p) =>
  db
    .selectFrom('submission_event')
    .select('submission_id as id')
    .where('workspace_id', '=', p.workspaceId)
    .where('by_id', '=', p.personId)
    .union(
      db
        .selectFrom('submission')
        .select('id')
        .where('workspace_id', '=', p.workspaceId)
        .where('author_id', '=', p.personId),
    ),
)

const reported = query<One, { id: string }>((db, p) =>
  db
    .selectFrom('unit_report_event as e')
    .innerJoin('unit_report as r', 'r.id', 'e.report_id')
    .select('r.unit_id as id')
    .distinct()
    .where('e.workspace_id', '=', p.workspaceId)
    .where('e.by_id', '=', p.personId),
)

const written = query<One, { id: string }>((db, p) =>
  db
    .selectFrom('submission')
    .select('id')
    .where('workspace_id', '=', p.workspaceId)
    .where('author_id', '=', p.personId),
)

const blank = query<One & { placeholder: string }, never>((db, p) =>
  db
    .updateTable('person')
    .set({ full_name: p.placeholder, email: null, active: 0, on_roster: 0 })
    .where('workspace_id', '=', p.workspaceId)
    .where('id', '=', p.personId),
)

const dropRoles = query<One, never>((db, p) =>
  db.deleteFrom('role').where('workspace_id', '=', p.workspaceId).where('person_id', '=', p.personId),
)

const dropAccounts = query<One, never>((db, p) =>
  db.deleteFrom('account').where('workspace_id', '=', p.workspaceId).where('person_id', '=', p.personId),
)

const dropLater = query<One, never>((db, p) =>
  db.deleteFrom('desk_later').where('workspace_id', '=', p.workspaceId).where('person_id', '=', p.personId),
)

const forgetMerged = query<One, never>((db, p) =>
  db
    .updateTable('absence')
    .set({ merged_into: null })
    .where('workspace_id', '=', p.workspaceId)
    .where('person_id', '=', p.personId)
    .where('merged_into', 'is not', null),
)

const dropAbsences = query<One, never>((db, p) =>
  db.deleteFrom('absence').where('workspace_id', '=', p.workspaceId).where('person_id', '=', p.personId),
)

const dropPreferences = query<One, never>((db, p) =>
  db.deleteFrom('reminder_wish').where('workspace_id', '=', p.workspaceId).where('person_id', '=', p.personId),
)

const dropHandovers = query<One, never>((db, p) =>
  db.deleteFrom('handover').where('workspace_id', '=', p.workspaceId).where('person_id', '=', p.personId),
)

const dropSnooze = query<One, never>((db, p) =>
  db.deleteFrom('snooze').where('workspace_id', '=', p.workspaceId).where('person_id', '=', p.personId),
)

/** To be called before the accounts are deleted. */
const dropHomes = query<One, never>((db, p) =>
  db
    .deleteFrom('home')
    .where('workspace_id', '=', p.workspaceId)
    .where(
      'external_id',
      'in',
      db
        .selectFrom('account')
        .select('external_id')
        .where('workspace_id', '=', p.workspaceId)
        .where('person_id', '=', p.personId),
    ),
)

/** A form's key contains the sender's account. */
const dropKeys = query<One, never>((db, p) =>
  db
    .updateTable('submission')
    .set({ request_key: null })
    .where('workspace_id', '=', p.workspaceId)
    .where('author_id', '=', p.personId),
)

const giveEvents = query<One & { id: string; to: string }, never>((db, p) =>
  db
    .updateTable('submission_event')
    .set({ by_id: p.to })
    .where('workspace_id', '=', p.workspaceId)
    .where('submission_id', '=', p.id)
    .where('by_id', '=', p.personId),
)

const giveSubmissions = query<One & { to: string }, never>((db, p) =>
  db
    .updateTable('submission')
    .set({ author_id: p.to, request_key: null })
    .where('workspace_id', '=', p.workspaceId)
    .where('author_id', '=', p.personId),
)

const dropMessages = query<One & { from: string; to: string }, never>((db, p) =>
  db
    .deleteFrom('outbox')
    .where('workspace_id', '=', p.workspaceId)
    .where('person_id', '=', p.personId)
    // The files of submissions are still to be downloaded.
    .where('kind', '!=', 'attachment.fetch')
    .where('key', '>=', p.from)
    .where('key', '<', p.to),
)

const dropMessage = query<{ key: string }, never>((db, p) => db.deleteFrom('outbox').where('key', '=', p.key))
const replaceIn = query<{ workspaceId: string; first: string; beyond: string; from: string; to: string }, never>(
  (db, p) =>
    db
      .updateTable('outbox')
      .set({ payload: sql<string>`replace(payload, ${p.from}, ${p.to})` })
      .where('workspace_id', '=', p.workspaceId)
      .where('key', '>=', p.first)
      .where('key', '<', p.beyond),
)

/** The range of keys that begin with `about`, up to the character after its colon; without `about`, every key. */
const range = (about: string | undefined): { from: string; to: string } =>
  about === undefined ? { from: '', to: '\uffff' } : { from: about, to: `${about.slice(0, -1)};` }

export const personalDataRows = (exec: Exec): PersonalData => ({
  counts: async (workspaceId, personId) => ({
    submissions: Number(first(await submissions(exec, { workspaceId, personId }))?.n ?? 0),
    drafts: Number(first(await drafts(exec, { workspaceId, personId }))?.n ?? 0),
    messages: Number(first(await messages(exec, { workspaceId, personId }))?.n ?? 0),
  }),
  accounts: async (workspaceId, personId) =>
    (await accounts(exec, { workspaceId, personId })).map((a) => ({ ...a, metAt: new Date(a.metAt) })),
  submissionsTouchedBy: async (workspaceId, personId) =>
    (await touched(exec, { workspaceId, personId })).map((r) => r.id),
  reportsTouchedBy: async (workspaceId, personId) => (await reported(exec, { workspaceId, personId })).map((r) => r.id),
  async anonymise(workspaceId, personId, placeholder) {
    const one = { workspaceId, personId }
    await dropRoles(exec, one)
    await dropLater(exec, one)
    await forgetMerged(exec, one)
    await dropAbsences(exec, one)
    await dropPreferences(exec, one)
    await dropHandovers(exec, one)
    await dropSnooze(exec, one)
    await dropHomes(exec, one)
    await dropAccounts(exec, one)
    await dropKeys(exec, one)
    await blank(exec, { ...one, placeholder })
    exec.eraseLog()
    await rosterChanged(exec, workspaceId)
  },
  async handOver(workspaceId, from, to) {
    const one = { workspaceId, personId: from }
    const ids = (await written(exec, one)).map((r) => r.id)
    for (const id of ids) await giveEvents(exec, { ...one, id, to })
    await giveSubmissions(exec, { ...one, to })
    await giveFiles(exec, { ...one, to })
    await giveFetches(exec, { ...one, to })
    await forgetUsedDrops(exec, one)
    return ids
  },
  async dropDrafts(workspaceId, personId) {
    await dropDrafts(exec, { workspaceId, personId })
    await dropFiles(exec, { workspaceId, personId })
    await blankDrops(exec, { workspaceId, personId })
    exec.eraseLog()
  },
  async dropMessages(workspaceId, personId, about) {
    await dropMessages(exec, { workspaceId, personId, ...range(about) })
  },
  async replaceInMessages(workspaceId, about, from, to) {
    const keys = range(about)
    await replaceIn(exec, { workspaceId, first: keys.from, beyond: keys.to, from, to })
  },
  async dropMessage(key) {
    await dropMessage(exec, { key })
  },
})
