import { expect, it } from 'vitest'
import type { Outbox } from '../../../src/core/outbox/outbox.js'
import { outboxRows } from '../../../src/store/outbox/outbox.js'
import { planOf } from '../query-plan.js'

const now = new Date(0)

it.each<[string, (outbox: Outbox) => Promise<unknown>, RegExp]>([
  ['work that is due', (o) => o.dueWork(now, 5), /outbox USING INDEX outbox_work \(due_at</],
  ['work of one workspace', (o) => o.dueWork(now, 5, 'w'), /outbox USING INDEX outbox_work \(due_at</],
  [
    'messages of one queue',
    (o) => o.due(now, 5, { workspaceId: 'w', queue: 'stale' }),
    /outbox USING INDEX outbox_turn \(workspace_id=\? AND state=\? AND due_at</,
  ],
  ['leases', (o) => o.leases(), /outbox USING INDEX outbox_in_hand/],
])('the query for %s uses its partial index', async (_, read, expected) => {
  expect(await planOf((exec) => read(outboxRows(exec)))).toMatch(expected)
})
