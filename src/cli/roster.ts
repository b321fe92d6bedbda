import { importRoster } from '../core/setup/import-roster.js'
import { newId } from '../new-id.js'
import { cli as t } from '../text/vi/cli/cli.js'
import { tableText } from '../text/vi/cli/table.js'
import { rosterText } from '../text/vi/setup/roster.js'
import { withStore } from './database.js'
import { printFaults, readInputFile } from './input-file.js'
import { type RosterNotes, readRoster } from './roster-file.js'
import { unknownCommand } from './unknown-command.js'

const { notes: sentences } = rosterText
/** Converted texts that are shown for a look. */
const SHOWN_CHANGES = 15

/**
 * `roster import FILE [--replace] [--yes] [--sheet NAME]`: imports a roster; prints the faults and imports nothing when there is
 * one. `--replace` removes people who are not in the file from the roster. Names that were converted from an old encoding are
 * shown and imported only with `--yes`. `--sheet` names the sheet to read. Returns the exit code.
 */
export async function roster(args: string[]): Promise<number> {
  const { words, unknown, replace, yes, sheet } = optionsIn(args)
  const [action = '', path, ...more] = words
  if (action !== 'import' || more.length > 0) return unknownCommand('roster', action, ...more)
  if (unknown !== undefined) {
    console.error(t.unknownOption('roster import', unknown))
    return 2
  }
  const file = await readInputFile('roster import', path)
  if (!file) return 2
  const read = await readRoster(file.bytes, file.name, sheet)
  if ('faults' in read)
    return printFaults(
      file.name,
      read.faults.map((f) => f.sentence),
    )
  if (read.notes.converted) {
    for (const line of changesOf(file.name, read.notes.converted)) console.log(line)
    if (!yes) {
      console.error(sentences.askConverted)
      return 1
    }
  }
  const done = await withStore((store, workspaceId) =>
    store.write((tx) => importRoster({ tx, now: new Date(), newId, workspaceId }, read.roster, replace)),
  )
  console.log(t.rosterImported(done.units, done.people, done.roles))
  for (const line of linesOf(read.notes)) console.log(line)
  if (done.others.length > 0) console.log(replace ? t.rosterRetired(done.others) : t.rosterKept(done.others))
  if (done.withoutHead.length > 0) console.log(t.rosterNoHead(done.withoutHead))
  return 0
}

interface Options {
  /** What is no option. */
  words: string[]
  unknown?: string
  replace: boolean
  yes: boolean
  sheet?: string
}

function optionsIn(args: readonly string[]): Options {
  const options: Options = { words: [], replace: false, yes: false }
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string
    if (arg === '--replace') options.replace = true
    else if (arg === '--yes') options.yes = true
    else if (arg === '--sheet') options.sheet = args[++i] ?? ''
    else if (arg.startsWith('--sheet=')) options.sheet = arg.slice('--sheet='.length)
    else if (arg.startsWith('--')) options.unknown = arg
    else options.words.push(arg)
  }
  return options
}

function changesOf(fileName: string, { encoding, changes }: NonNullable<RosterNotes['converted']>): string[] {
  const hidden = changes.length - SHOWN_CHANGES
  return [
    sentences.converted(fileName, tableText.written(encoding)),
    ...changes.slice(0, SHOWN_CHANGES).map(([before, after]) => sentences.change(before, after)),
    ...(hidden > 0 ? [sentences.moreChanges(hidden)] : []),
  ]
}

function linesOf({ sheet, skipped, unitsFromAbove, sameNames }: RosterNotes): string[] {
  return [
    ...(sheet === undefined ? [] : [sentences.sheet(sheet)]),
    ...(unitsFromAbove.length > 0 ? [sentences.unitsFromAbove(unitsFromAbove)] : []),
    ...(skipped.length > 0 ? [sentences.skipped(skipped)] : []),
    ...(sameNames.length > 0 ? [sentences.sameNames(sameNames)] : []),
  ]
}
