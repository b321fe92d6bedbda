import path from 'node:path'
import { importRoster } from '../core/setup/import-roster.js'
import { newId } from '../new-id.js'
import { cli as t } from '../text/vi/cli/cli.js'
import { withStore } from './database.js'
import { bytesOf } from './file.js'
import { readRoster } from './roster-file.js'

/** `roster import FILE [--replace]`: a whole or nothing; every bad row is named. */
export async function roster(args: string[]): Promise<number> {
  const replace = args.includes('--replace')
  const [action = '', file] = args.filter((a) => a !== '--replace')
  if (action !== 'import') {
    console.error(t.unknownCommand(`roster ${action}`.trim()))
    console.log(t.usage)
    return 2
  }
  const bytes = await bytesOf('roster import', file)
  if (!bytes || !file) return 2
  const name = path.basename(file)
  const read = await readRoster(bytes, name)
  if ('faults' in read) {
    for (const fault of read.faults) console.error(fault.sentence)
    console.error(t.faults(name, read.faults.length))
    return 1
  }
  const done = await withStore((store, workspaceId) =>
    store.write((tx) => importRoster({ tx, now: new Date(), newId, workspaceId }, read.roster, replace)),
  )
  console.log(t.rosterImported(done.units, done.people, done.roles))
  if (done.others.length > 0) console.log(replace ? t.rosterRetired(done.others) : t.rosterKept(done.others))
  if (done.withoutHead.length > 0) console.log(t.rosterNoHead(done.withoutHead))
  return 0
}
