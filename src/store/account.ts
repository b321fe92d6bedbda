import type { Account, Accounts } from '../core/ports.js'
import { type Exec, first, query } from './query.js'

const columns = ['platform', 'external_id as externalId', 'person_id as personId'] as const

const byExternalId = query<{ workspaceId: string; platform: string; externalId: string }, Account>((db, p) =>
  db
    .selectFrom('account')
    .select(columns)
    .where('workspace_id', '=', p.workspaceId)
    .where('platform', '=', p.platform)
    .where('external_id', '=', p.externalId),
)
const ofPerson = query<{ workspaceId: string; platform: string; personId: string }, Account>((db, p) =>
  db
    .selectFrom('account')
    .select(columns)
    .where('workspace_id', '=', p.workspaceId)
    .where('person_id', '=', p.personId)
    .where('platform', '=', p.platform)
    .orderBy('met_at', 'desc')
    .limit(1),
)
const bind = query<Account & { workspaceId: string; at: string }, never>((db, p) =>
  db
    .insertInto('account')
    .values({
      workspace_id: p.workspaceId,
      platform: p.platform,
      external_id: p.externalId,
      person_id: p.personId,
      met_at: p.at,
    })
    .onConflict((c) =>
      c.columns(['workspace_id', 'platform', 'external_id']).doUpdateSet({ person_id: p.personId, met_at: p.at }),
    ),
)

export const accountRows = (exec: Exec): Accounts => ({
  byExternalId: async (workspaceId, platform, externalId) =>
    first(await byExternalId(exec, { workspaceId, platform, externalId })),
  ofPerson: async (workspaceId, platform, personId) => first(await ofPerson(exec, { workspaceId, platform, personId })),
  async bind(workspaceId, account, now) {
    await bind(exec, { ...account, workspaceId, at: now.toISOString() })
  },
})
