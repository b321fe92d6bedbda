import { sql } from 'kysely'
import type { AccountRef } from '../../core/people/account.js'
import type { Home, HomeRows } from '../../core/queries/home/rows.js'
import { type Builder, cachedQuery, type Exec, first, query } from '../query.js'

const one = (db: Builder, p: AccountRef) =>
  db
    .selectFrom('home')
    .where('workspace_id', '=', p.workspaceId)
    .where('platform', '=', p.platform)
    .where('external_id', '=', p.externalId)

const version = query<
  { workspaceId: string },
  { audit: number | null; roster: number; unreachable: number | string | null }
>((db, p) =>
  db
    .selectFrom('workspace')
    .leftJoin('audit_head', 'audit_head.workspace_id', 'workspace.id')
    .select((e) => [
      'audit_head.seq as audit',
      'workspace.roster_version as roster',
      e
        .selectFrom('outbox')
        .select((f) => f.fn.countAll<number | string>().as('n'))
        .whereRef('outbox.workspace_id', '=', 'workspace.id')
        .where(sql<boolean>`outbox.state = 'unreachable'`)
        .as('unreachable'),
    ])
    .where('workspace.id', '=', p.workspaceId),
)

const openedSince = query<{ workspaceId: string; platform: string; since: string }, { externalId: string }>((db, p) =>
  db
    .selectFrom('home')
    .select('external_id as externalId')
    .where('workspace_id', '=', p.workspaceId)
    .where('platform', '=', p.platform)
    .where('opened_at', '>=', p.since)
    .orderBy('opened_at', 'desc'),
)

const byAccount = cachedQuery<AccountRef, Omit<Home, 'openedAt'> & { openedAt: string }>((db, p) =>
  one(db, p).select(['external_id as externalId', 'opened_at as openedAt', 'digest', 'view_hash as viewHash']),
)

const opened = query<AccountRef & { now: string }, never>((db, p) =>
  db
    .insertInto('home')
    .values({
      workspace_id: p.workspaceId,
      platform: p.platform,
      external_id: p.externalId,
      opened_at: p.now,
      published_at: null,
      digest: null,
      view_hash: null,
    })
    .onConflict((c) => c.columns(['workspace_id', 'platform', 'external_id']).doUpdateSet({ opened_at: p.now })),
)

const published = query<AccountRef & { digest: string; viewHash: string | null; now: string }, never>((db, p) =>
  db
    .updateTable('home')
    .set({ published_at: p.now, digest: p.digest, view_hash: p.viewHash })
    .where('workspace_id', '=', p.workspaceId)
    .where('platform', '=', p.platform)
    .where('external_id', '=', p.externalId),
)

const forget = query<AccountRef, never>((db, p) =>
  db
    .deleteFrom('home')
    .where('workspace_id', '=', p.workspaceId)
    .where('platform', '=', p.platform)
    .where('external_id', '=', p.externalId),
)

export const homeRows = (exec: Exec): HomeRows => ({
  async version(workspaceId) {
    const row = first(await version(exec, { workspaceId }))
    return { audit: row?.audit ?? 0, roster: row?.roster ?? 0, unreachable: Number(row?.unreachable ?? 0) }
  },
  async openedSince(workspaceId, platform, since) {
    const rows = await openedSince(exec, { workspaceId, platform, since: since.toISOString() })
    return rows.map((r) => r.externalId)
  },
  async byAccount(ref) {
    const row = first(await byAccount(exec, ref))
    return row && { ...row, openedAt: new Date(row.openedAt) }
  },
  async opened(ref, now) {
    await opened(exec, { ...ref, now: now.toISOString() })
  },
  async published(ref, as, now) {
    await published(exec, { ...ref, ...as, now: now.toISOString() })
  },
  async forget(ref) {
    await forget(exec, ref)
  },
})
