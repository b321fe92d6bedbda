import { expect, it } from 'vitest'
import type { AuditFilter } from '../../../src/core/audit/audit.js'
import { auditRows } from '../../../src/store/audit/audit.js'
import { planOf } from '../query-plan.js'

it.each<[string, AuditFilter, RegExp]>([
  ['of one person', { scope: 'own', personId: 'p' }, /audit USING INDEX audit_by_subject \(subject=\?/],
  ['of units', { scope: 'units', unitIds: ['u'] }, /audit USING INDEX audit_by_subject \(subject=\?/],
  ['of the workspace', { scope: 'workspace' }, /audit USING INDEX audit_by_subject/],
  ['of everything', { scope: 'all' }, /audit USING PRIMARY KEY \(workspace_id=\?\)/],
])('a page of the log %s reads no more rows than it shows', async (_, filter, expected) => {
  const plan = await planOf((exec) => auditRows(exec).latest('w', filter, 21, 0))
  expect(plan).toMatch(expected)
  expect(plan).not.toMatch(/SCAN audit(?! USING INDEX)/)
})

it('the rows of a submission are found by the index on the subject', async () => {
  const plan = await planOf((exec) => auditRows(exec).ofSubject('w', 'submission:s'))
  expect(plan).toMatch(/audit USING INDEX audit_by_subject \(subject=\?\)/)
})
