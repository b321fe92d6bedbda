import type { ProcessedEvents } from '../../core/outbox/processed-event.js'
import { type Exec, query } from '../query.js'

const add = query<{ workspaceId: string; key: string; at: string }, { key: string }>((db, p) =>
  db
    .insertInto('seen')
    .values({ workspace_id: p.workspaceId, key: p.key, at: p.at })
    .onConflict((c) => c.doNothing())
    .returning('key'),
)

const forget = query<{ before: string }, never>((db, p) => db.deleteFrom('seen').where('at', '<', p.before))

export const processedEventRows = (exec: Exec): ProcessedEvents => ({
  firstTime: async (workspaceId, key, now) => (await add(exec, { workspaceId, key, at: now.toISOString() })).length > 0,
  async forget(before) {
    await forget(exec, { before: before.toISOString() })
  },
})
