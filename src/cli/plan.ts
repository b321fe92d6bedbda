import { createHash } from 'node:crypto'
import { importPlan } from '../core/setup/import-plan.js'
import { newId } from '../new-id.js'
import { cli as t } from '../text/vi/cli/cli.js'
import { withStore } from './database.js'
import { printFaults, readInputFile } from './input-file.js'
import { readPlanFile } from './plan-file.js'
import { unknownCommand } from './unknown-command.js'

/** `plan check FILE`: prints the faults of a plan. `plan import FILE`: stores a plan without faults. Returns the exit code. */
export async function plan([action = '', path, ...more]: string[]): Promise<number> {
  if ((action !== 'check' && action !== 'import') || more.length > 0) return unknownCommand('plan', action, ...more)
  const file = await readInputFile(`plan ${action}`, path)
  if (!file) return 2
  const read = readPlanFile(file.bytes, file.name)
  if ('faults' in read)
    return printFaults(
      file.name,
      read.faults.map((f) => f.sentence),
    )
  if (action === 'check') {
    console.log(t.planGood(file.name, read.plan.groups.flatMap((g) => g.criteria).length))
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
