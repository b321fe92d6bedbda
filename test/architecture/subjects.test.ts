import { describe, expect, it } from 'vitest'
import { roles } from '../../src/core/people/person.js'
import { allImports, circles, importsOf, reachableFrom, readSources, type Sources, withoutComments } from './sources.js'

/** The subjects of the core, lowest first: a subject imports only subjects that come before it, type imports included. */
const order = [
  'audit',
  'outbox',
  'people',
  'calendar',
  'campaign',
  'progress',
  'report',
  'submission',
  'review',
  'attachment',
  'reminder',
  'digest',
  'setup',
  'privacy',
  'queries',
]

/** Subjects of the core without a folder on another floor, and why. */
const exceptions: Record<string, readonly string[]> = {
  // What was done is shown by the desk's history.
  audit: ['commands'],
  // Queries read for the screens: `desk` and `home` on the floors that people see.
  queries: ['commands', 'text'],
  // Imports are run by the command line and write through the rows of the other subjects.
  setup: ['commands', 'store'],
}
/** Folders of a floor that are no subject of the core, and why. */
const others: Record<string, readonly string[]> = {
  // Screens that join several subjects; what people type; messages of any subject.
  commands: ['desk', 'home', 'parse', 'notices'],
  // What only one database has.
  store: ['sqlite'],
  // The screens' sentences, and those of the command line and the demo.
  text: ['desk', 'home', 'cli', 'demo'],
}
const floors: Record<string, string> = { commands: 'src/commands/', store: 'src/store/', text: 'src/text/vi/' }

const sources = readSources('src', 'bench', 'test')
const core = new Map([...sources].filter(([file]) => file.startsWith('src/core/')))
const subjectOf = (file: string): string => /^src\/core\/([^/]+)\//.exec(file)?.[1] ?? ''
const foldersOf = (prefix: string): string[] => [
  ...new Set(
    [...sources.keys()]
      .filter((file) => file.startsWith(prefix) && file.slice(prefix.length).includes('/'))
      .map((file) => file.slice(prefix.length).split('/')[0] as string),
  ),
]

const outOfOrder = (files: Sources): string[] =>
  allImports(files)
    .filter(({ from, to }) => subjectOf(from) && order.indexOf(subjectOf(to)) > order.indexOf(subjectOf(from)))
    .map(({ from, to }) => `${from} imports ${to}`)

describe('files', () => {
  it('do not import each other in a circle, type imports included', () => {
    expect(circles(sources)).toEqual([])
  })

  it('would be found in a circle', () => {
    const files = new Map([
      ['src/a.ts', "import type { B } from './b.js'"],
      ['src/b.ts', "import { c } from './folder/c.js'"],
      ['src/folder/c.ts', "export { a } from '../a.js'"],
      ['src/d.ts', "import './a.js'"],
    ])
    expect(circles(files)).toEqual([['src/a.ts', 'src/b.ts', 'src/folder/c.ts']])
  })
})

describe('the subjects of the core', () => {
  it('are all in the listed order, and the list names no other', () => {
    expect(foldersOf('src/core/').sort()).toEqual([...order].sort())
  })

  it('import only subjects that come before them', () => {
    expect(outOfOrder(core)).toEqual([])
    const broken = new Map([['src/core/people/person.ts', "import type { A } from '../digest/weekly.js'"]])
    expect(outOfOrder(broken)).toEqual(['src/core/people/person.ts imports src/core/digest/weekly.ts'])
  })

  it('keep their nouns (what the ports name) free of transactions: only use cases and queries import Tx', () => {
    const nouns = reachableFrom(core, 'src/core/ports.ts')
    // Every subject that has rows has nouns.
    expect(new Set([...nouns].map(subjectOf))).toContain('submission')
    const wrong = [...nouns].filter((file) =>
      importsOf(file, core.get(file) ?? '').some(({ to }) => /^src\/core\/(ports|use-case)\.ts$/.test(to)),
    )
    expect(wrong).toEqual([])
  })

  it.each(Object.entries(floors))(
    'have a folder of the same name in %s, or are listed as an exception',
    (floor, at) => {
      const folders = foldersOf(at)
      const expected = order.filter((subject) => !exceptions[subject]?.includes(floor))
      expect(expected.filter((subject) => !folders.includes(subject))).toEqual([])
      const known = [...order, ...(others[floor] ?? [])]
      expect(folders.filter((folder) => !known.includes(folder))).toEqual([])
      // An exception that no longer is one goes from the list.
      const idle = order.filter((subject) => exceptions[subject]?.includes(floor) && folders.includes(subject))
      expect(idle).toEqual([])
    },
  )
})

/** Files outside core/people that look at roles as facts about people, and decide nothing by them. */
const roleFacts = [
  // Erasing the Office's own people needs another one of them.
  'src/core/privacy/decide-erasure.ts',
  // Whose absence leaves a unit without its leader.
  'src/core/queries/people/absences.ts',
  // With which roles a message finds its reader, for `may`.
  'src/core/queries/people/recipient.ts',
  // Which units lose their head with an erasure.
  'src/core/queries/privacy/erasure-request.ts',
  // Which part of a reminder is the reader's own.
  'src/core/queries/reminder/parts.ts',
  // Whether the author of a submission leads its unit.
  'src/core/queries/submission/view.ts',
  // Which units a roster leaves without a head, and what the log says of changed roles.
  'src/core/setup/import-roster.ts',
]

/** However a file may get at the roles of somebody, or at what `access.ts` keeps for itself. */
const roleChecks = new RegExp(
  [
    // Searches and loops over roles, under any name of the variable.
    String.raw`\broles\b[^\n]*\.(some|every|find|findLast|filter|includes|has)\(`,
    String.raw`\bof [\w.]*\broles\b`,
    String.raw`\.rolesOf\(`,
    // Comparisons with the name of a role.
    String.raw`\brole\b\s*[!=]==?`,
    String.raw`[!=]==?\s*'(${roles.join('|')})'`,
    String.raw`(?<!\.)\bhas(Role)?\((actor|person|recipient)`,
    // Admins named in the settings are found by `access.ts`; an actor who is made up has none of it.
    String.raw`\bisConfiguredAdmin\b(?!: false)`,
    String.raw`\bisOrgOffice\b|\bisAdmin\((actor|ctx)`,
  ].join('|'),
)

describe('permissions', () => {
  it('are decided by the one table: nothing outside core/people looks at roles to decide', () => {
    const wrong = [...sources].filter(
      ([file, code]) =>
        /^src\/(core|commands|jobs)\//.test(file) &&
        !file.startsWith('src/core/people/') &&
        roleChecks.test(withoutComments(code)),
    )
    expect(wrong.map(([file]) => file)).toEqual(roleFacts)
  })

  it.each([
    "actor.roles.some((r) => r.role === 'head')",
    'who.roles.find(isBoard)',
    'for (const { role } of ctx.actor.roles) {',
    'const held = await tx.people.rolesOf(workspaceId, id)',
    "if (mine.role === 'org_office') return",
    "if ('head' === x || x !== 'command_board') return",
    "await hasRole(recipient, 'admin')",
    'rungs: actor.isConfiguredAdmin ? all : []',
  ])('would be found decided by: %s', (code) => {
    expect(roleChecks.test(code)).toBe(true)
  })
})
