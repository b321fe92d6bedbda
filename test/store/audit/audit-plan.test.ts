import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, it } from 'vitest'
import type { AuditFilter } from '../../../src/core/audit/audit.js'
import { auditRows } from '../../../src/store/audit/audit.js'
import { openStore } from '../../../src/store/open.js'
import type { Exec } from '../../../src/store/query.js'
import { connect, sqliteExec } from '../../../src/store/sqlite/store.js'

const dir = mkdtempSync(path.join(tmpdir(), 'thidua-plan-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))

/** How SQLite means to find the rows of a query. */
async function planOf(work: (exec: Exec) => Promise<unknown>): Promise<string> {
  const file = path.join(dir, 'plan.db')
  await (await openStore(`file:${file}`)).close()
  const db = connect(file)
  const real = sqliteExec(db)
  const plans: string[] = []
  await work({
    ...real,
    async run<R>(sql: string, values: readonly unknown[]) {
      const steps = db.prepare(`explain query plan ${sql}`).all(values) as { detail: string }[]
      plans.push(...steps.map((s) => s.detail))
      return real.run<R>(sql, values)
    },
  })
  db.close()
  return plans.join('\n')
}

it.each<[string, AuditFilter, RegExp]>([
  ['one’s own', { scope: 'own', personId: 'p' }, /audit USING INDEX audit_by_subject \(subject=\?/],
  ['of units', { scope: 'units', unitIds: ['u'] }, /audit USING INDEX audit_by_subject \(subject=\?/],
  ['of the workspace', { scope: 'workspace' }, /audit USING INDEX audit_by_subject/],
  ['of everything', { scope: 'all' }, /audit USING PRIMARY KEY \(workspace_id=\?\)/],
])('a list of changes, %s, reads no more of a long log than it shows', async (_, filter, expected) => {
  const plan = await planOf((exec) => auditRows(exec).latest('w', filter, 21, 0))
  expect(plan).toMatch(expected)
  expect(plan).not.toMatch(/SCAN audit(?! USING INDEX)/)
})

it('one submission’s rows are found by their subject', async () => {
  const plan = await planOf((exec) => auditRows(exec).ofSubject('w', 'submission:s'))
  expect(plan).toMatch(/audit USING INDEX audit_by_subject \(subject=\?\)/)
})
