import { describe, expect, it } from 'vitest'
import { allImports, type Import, importsOf, readSources } from './sources.js'

/**
 * Which layer may import what, held against every import. `core:types` allows the types of a layer, `core/date.ts` one file
 * of it. Anything not named here is forbidden, Node's own modules included.
 */
const mayImport: Record<string, string[]> = {
  // Decides: no I/O, no sentences, no platform. Of Node only pure functions.
  core: ['zod', 'node:util'],
  // Sentences show dates in the campaign's time zone and compare words without accents; both are rules of the core.
  text: ['core:types', 'core/date.ts', 'core/fold.ts'],
  commands: ['core', 'text', 'zod', 'fastest-levenshtein'],
  store: ['core', 'db', 'new-id.ts', 'kysely', 'better-sqlite3', 'node:crypto', 'node:fs', 'node:path'],
  // Bytes on the disk. Kinds of files and reasons for refusal are defined by the core.
  files: [
    'core:types',
    'core/attachment/attachment.ts',
    'this-process.ts',
    'file-type',
    'exifr',
    'node:crypto',
    'node:fs',
    'node:path',
    'node:stream',
    'node:util',
    'node:zlib',
  ],
  documents: ['core', 'text'],
  slack: [
    'commands',
    'text',
    'core:types',
    'core/attachment/attachment.ts',
    'core/bounded-cache.ts',
    '@slack/bolt',
    '@slack/web-api',
    '@slack/types',
    'node:crypto',
    'node:http',
    'node:net',
    'node:stream',
    'node:worker_threads',
  ],
  // Senders are injected.
  jobs: ['core', 'commands'],
}
/** These assemble the layers. */
const mayImportAll = ['main.ts', 'bot.ts', 'cli.ts', 'cli', 'local-slack', 'demo']
/** These import nothing of the project, so that every layer that is allowed to may use them. */
const leaves: Record<string, string[]> = {
  'config.ts': ['zod', 'node:net'],
  'log.ts': [],
  'new-id.ts': ['node:crypto'],
  'package-root.ts': ['node:fs', 'node:path', 'node:url'],
  'this-process.ts': ['node:fs', 'node:os'],
}

const sources = readSources('src')

/** The layer of a file, or a file at the top of src; the top folder (`db`) of a file outside src. */
const layerOf = (file: string): string => {
  const [top = '', layer = ''] = file.split('/')
  return top === 'src' ? layer : top
}

function isAllowed({ from, to, isPackage, typesOnly }: Import): boolean {
  const layer = layerOf(from)
  const target = isPackage ? to : layerOf(to)
  if ((!isPackage && target === layer) || mayImportAll.includes(layer)) return true
  const allowed = mayImport[layer] ?? leaves[layer] ?? []
  return (
    allowed.includes(target) ||
    allowed.includes(to.replace(/^src\//, '')) ||
    (typesOnly && allowed.includes(`${target}:types`))
  )
}

const forbidden = (file: string, code: string) =>
  importsOf(file, code)
    .filter((i) => !isAllowed(i))
    .map((i) => i.to)

describe('the layers', () => {
  it('are all named in the table, and the table names no other', () => {
    const known = [...Object.keys(mayImport), ...Object.keys(leaves), ...mayImportAll]
    const layers = [...new Set([...sources.keys()].map(layerOf))]
    expect(layers.filter((layer) => !known.includes(layer))).toEqual([])
    // src/documents is planned and has no file yet.
    expect(known.filter((layer) => !layers.includes(layer) && layer !== 'documents')).toEqual([])
  })

  it('import nothing but what the table allows', () => {
    const wrong = allImports(sources).filter((i) => !isAllowed(i))
    expect(wrong.map((i) => `${i.from} imports ${i.typesOnly ? 'types of ' : ''}${i.to}`)).toEqual([])
  })

  it.each([
    ['src/core/people/unit.ts', "import type { A } from '../../store/people/unit.js'", 'src/store/people/unit.ts'],
    ['src/core/date.ts', "import { readFileSync } from 'node:fs'", 'node:fs'],
    ['src/core/date.ts', "const fs = await import('node:fs')", 'node:fs'],
    ['src/text/vi.ts', "import { access } from '../core/people/access.js'", 'src/core/people/access.ts'],
    ['src/commands/run.ts', "export { App } from '@slack/bolt'", '@slack/bolt'],
    ['src/slack/logger.ts', "import { openStore } from '../store/open.js'", 'src/store/open.ts'],
    ['src/jobs/tick.ts', "import { newId } from '../new-id.js'", 'src/new-id.ts'],
  ])('would not let %s have %s', (file, code, to) => {
    expect(forbidden(file, code)).toEqual([to])
  })

  it.each([
    ['src/text/vi.ts', "import type { Role } from '../core/people/person.js'"],
    ['src/text/index.ts', "import { localDate } from '../core/date.js'"],
    ['src/store/open.ts', "import { migrations } from '../../db/migrations/index.js'"],
    ['src/cli/tick.ts', "import { startBot } from '../bot.js'"],
  ])('let %s have %s', (file, code) => {
    expect(forbidden(file, code)).toEqual([])
  })

  it('keep the clock, chance and the process out of the core: the time is passed in', () => {
    const impure = /\bDate\.now\b|new Date\(\)|performance\.now|setTimeout|setInterval|Math\.random|\bprocess\./
    expect(impure.test('const now = new Date()')).toBe(true)
    const core = [...sources].filter(([file]) => layerOf(file) === 'core')
    expect(core.filter(([, code]) => impure.test(code)).map(([file]) => file)).toEqual([])
  })
})
