import { boundedCache } from '../../core/bounded-cache.js'
import type { Campaigns } from '../../core/campaign/campaign.js'
import { type Campaign, campaignOf } from '../../core/campaign/campaign.js'
import type { Plan } from '../../core/campaign/plan.js'
import { cachedQuery, type Exec, first, query } from '../query.js'

type Row = { id: string; workspaceId: string; plan: string; hash: string }

/** Unsorted: there are few campaigns, and every request would pay for the sort. */
const heads = cachedQuery<{ workspaceId: string }, { id: string; hash: string; importedAt: string }>((db, p) =>
  db
    .selectFrom('campaign')
    .select(['id', 'plan_hash as hash', 'imported_at as importedAt'])
    .where('workspace_id', '=', p.workspaceId),
)

const byId = query<{ id: string }, Row>((db, p) =>
  db
    .selectFrom('campaign')
    .select(['id', 'workspace_id as workspaceId', 'plan', 'plan_hash as hash'])
    .where('id', '=', p.id),
)

const byCode = query<{ workspaceId: string; code: string }, { id: string; hash: string }>((db, p) =>
  db
    .selectFrom('campaign')
    .select(['id', 'plan_hash as hash'])
    .where('workspace_id', '=', p.workspaceId)
    .where('code', '=', p.code),
)

const put = query<{ id: string; workspaceId: string; code: string; hash: string; plan: string; at: string }, never>(
  (db, p) =>
    db
      .insertInto('campaign')
      .values({
        id: p.id,
        workspace_id: p.workspaceId,
        code: p.code,
        plan: p.plan,
        plan_hash: p.hash,
        imported_at: p.at,
      })
      .onConflict((c) => c.column('id').doUpdateSet({ plan: p.plan, plan_hash: p.hash })),
)

/** Parsed plans by campaign: a plan is ten kilobytes of JSON, and every request needs it. */
const parsed = boundedCache<string, { hash: string; campaign: Campaign }>(100)

type Head = { id: string; hash: string; importedAt: string }

async function read(exec: Exec, { id, hash }: Head): Promise<Campaign | undefined> {
  const known = parsed.get(id)
  if (known?.hash === hash) return known.campaign
  const row = first(await byId(exec, { id }))
  if (!row) return undefined
  const campaign = campaignOf(row.id, row.workspaceId, JSON.parse(row.plan) as Plan)
  parsed.set(row.id, { hash: row.hash, campaign })
  return campaign
}

/** Of two campaigns imported at the same instant, the one with the greater id: ids sort by time. */
const isLater = (a: Head, b: Head): boolean =>
  a.importedAt > b.importedAt || (a.importedAt === b.importedAt && a.id > b.id)

export const campaignRows = (exec: Exec): Campaigns => ({
  async current(workspaceId) {
    let found: Head | undefined
    for (const one of await heads(exec, { workspaceId })) if (!found || isLater(one, found)) found = one
    return found && read(exec, found)
  },
  async all(workspaceId) {
    const campaigns: Campaign[] = []
    for (const head of [...(await heads(exec, { workspaceId }))].sort((a, b) => (isLater(a, b) ? -1 : 1))) {
      const campaign = await read(exec, head)
      if (campaign) campaigns.push(campaign)
    }
    return campaigns
  },
  async byId(workspaceId, id) {
    const head = (await heads(exec, { workspaceId })).find((one) => one.id === id)
    return head && read(exec, head)
  },
  byCode: async (workspaceId, code) => first(await byCode(exec, { workspaceId, code })),
  async put(campaign, now) {
    await put(exec, { ...campaign, plan: JSON.stringify(campaign.plan), at: now.toISOString() })
  },
})
