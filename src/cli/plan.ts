import { createHash } from 'node:crypto'
import path from 'node:path'
import { importPlan } from '../core/setup/import-plan.js'
import { newId } from '../new-id.js'
import { cli as t } from '../text/vi/cli/cli.js'
import { withStore } from './database.js'
import { bytesOf } from './file.js'
import { readPlan } from './plan-file.js'

/** `plan check FILE` and `plan import FILE`. Exit code 0 when the plan has no fault. */
export async function plan([action = '', file]: string[]): Promise<number> {
  if (action !== 'check' && action !== 'import') {
    console.error(t.unknownCommand(`plan ${action}`.trim()))
    console.log(t.usage)
    return 2
  }
  const bytes = await bytesOf(`plan ${action}`, file)
  if (!bytes || !file) return 2
  const name = path.basename(file)
  const read = readPlan(bytes.toString('utf8'), name)
  if ('faults' in read) {
    for (const fault of read.faults) console.error(fault.sentence)
    console.error(t.faults(name, read.faults.length))
    return 1
  }
  if (action === 'check') {
    console.log(t.planGood(name, read.plan.groups.flatMap((g) => g.criteria).length))
    return 0
  }
  const hash = createHash('sha256').update(JSON.stringify(read.plan)).digest('hex')
  const done = await withStore((store, workspaceId) =>
    store.write((tx) => importPlan({ tx, now: new Date(), newId, workspaceId }, read.plan, hash)),
  )
  if (done.outcome === 'refused') {
    console.error(t.planKeepsCriteria(done.criteria.join(', ')))
    return 1
  }
  const { number } = read.plan
  console.log({ imported: t.planImported, changed: t.planChanged, same: t.planSame }[done.outcome](number))
  return 0
}
