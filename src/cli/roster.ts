import { importRoster } from '../core/setup/import-roster.js'
import { newId } from '../new-id.js'
import { cli as t } from '../text/vi/cli/cli.js'
import { withStore } from './database.js'
import { printFaults, readInputFile } from './input-file.js'
import { readRoster } from './roster-file.js'
import { unknownCommand } from './unknown-command.js'

/**
 * `roster import FILE [--replace]`: imports a roster; prints every fault and imports nothing when there is one. `--replace`
 * removes people who are not in the file from the roster. Returns the exit code.
 */
export async function roster(args: string[]): Promise<number> {
  const replace = args.includes('--replace')
  const [action = '', path] = args.filter((a) => a !== '--replace')
  if (action !== 'import') return unknownCommand('roster', action)
  const file = await readInputFile('roster import', path)
  if (!file) return 2
  const read = await readRoster(file.bytes, file.name)
  if ('faults' in read)
    return printFaults(
      file.name,
      read.faults.map((f) => f.sentence),
    )
  const done = await withStore((store, workspaceId) =>
    store.write((tx) => importRoster({ tx, now: new Date(), newId, workspaceId }, read.roster, replace)),
  )
  console.log(t.rosterImported(done.units, done.people, done.roles))
  if (done.others.length > 0) console.log(replace ? t.rosterRetired(done.others) : t.rosterKept(done.others))
  if (done.withoutHead.length > 0) console.log(t.rosterNoHead(done.withoutHead))
  return 0
}
