import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openStore } from '../../src/store/open.js'
import type { Exec } from '../../src/store/query.js'
import { connect } from '../../src/store/sqlite/connect.js'
import { sqliteExec } from '../../src/store/sqlite/exec.js'
import type { Statement } from '../../src/store/statement.js'

/** SQLite's plan for every query that `work` runs on an empty database. */
export async function planOf(work: (exec: Exec) => Promise<unknown>): Promise<string> {
  const dir = mkdtempSync(path.join(tmpdir(), 'thidua-plan-'))
  const file = path.join(dir, 'plan.db')
  await (await openStore(`file:${file}`)).close()
  const db = connect(file)
  const real = sqliteExec(db)
  const plans: string[] = []
  await work({
    ...real,
    async run<R>(statement: Statement, values: readonly unknown[]) {
      const steps = db.prepare(`explain query plan ${statement.sql}`).all(values) as { detail: string }[]
      plans.push(...steps.map((s) => s.detail))
      return real.run<R>(statement, values)
    },
  })
  db.close()
  rmSync(dir, { recursive: true, force: true })
  return plans.join('\n')
}
