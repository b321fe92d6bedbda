import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '..')
const sources = readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .map((f) => f.replaceAll(path.sep, '/'))
  .filter((f) => f.endsWith('.ts'))
  .sort()
const text = (file: string) => readFileSync(path.join(root, 'src', file), 'utf8')

/**
 * Who may import what. `core:types` are the types of a folder alone, `core/date.ts`
 * is one file of it. Whatever is not named here is forbidden, Node's own modules included.
 */
const mayImport: Record<string, string[]> = {
  // Decides: no I/O, no sentences, no platform. Of Node only pure functions.
  core: ['zod', 'node:util'],
  // The calendar of a time zone is a rule, and so is which words are the same: sentences take both from the core.
  text: ['core:types', 'core/date.ts', 'core/fold.ts'],
  commands: ['core', 'text', 'zod', 'fastest-levenshtein'],
  store: ['core', 'db', 'new-id.ts', 'kysely', 'better-sqlite3', 'node:crypto', 'node:fs', 'node:path'],
  // Bytes on the disk. What a file is and why it is refused are words of the core.
  files: [
    'core:types',
    'core/attachment/attachment.ts',
    'file-type',
    'exifr',
    'node:crypto',
    'node:fs',
    'node:path',
    'node:stream',
  ],
  documents: ['core', 'text'],
  // A profile and the like are named as the core names them.
  slack: [
    'commands',
    'text',
    'core:types',
    'core/attachment/attachment.ts',
    '@slack/bolt',
    '@slack/web-api',
    '@slack/socket-mode',
    '@slack/types',
    'node:crypto',
    'node:http',
    'node:net',
    'node:stream',
    'node:worker_threads',
  ],
  // Senders are handed in.
  jobs: ['core', 'commands', 'node-cron'],
}
/** These put the layers together. */
const mayImportAll = ['main.ts', 'bot.ts', 'cli.ts', 'cli', 'local-slack', 'demo']
/** These know nothing of the rest, so that anybody may use them. */
const leaves: Record<string, string[]> = {
  'config.ts': ['zod'],
  'log.ts': [],
  'new-id.ts': ['node:crypto'],
  'package-root.ts': ['node:fs', 'node:path', 'node:url'],
  'this-process.ts': ['node:fs', 'node:os'],
}

const folderOf = (file: string) => (file.includes('/') ? (file.split('/')[0] as string) : file)

interface Import {
  from: string
  /** A folder of src (or a file at its top), `db`, or a package. */
  to: string
  /** The file in src, where it is one. */
  file: string | undefined
  typesOnly: boolean
}

/** Every import, export from, and dynamic import of a file. */
function importsOf(file: string): Import[] {
  const statement = /^\s*(?:import|export)\s+(type\s)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]/gm
  const dynamic = /\b(?:import|require)\s*\(\s*['"]([^'"]+)['"]/g
  const code = text(file)
  const found = [
    ...[...code.matchAll(statement)].map((m) => ({ what: m[2] as string, typesOnly: m[1] !== undefined })),
    ...[...code.matchAll(dynamic)].map((m) => ({ what: m[1] as string, typesOnly: false })),
  ]
  return found.map(({ what, typesOnly }) => {
    if (!what.startsWith('.')) {
      const [scope = '', name] = what.split('/')
      return { from: file, to: scope.startsWith('@') ? `${scope}/${name}` : scope, file: undefined, typesOnly }
    }
    const target = path.posix.join(path.posix.dirname(file), what).replace(/\.js$/, '.ts')
    return target.startsWith('../')
      ? { from: file, to: target.split('/')[1] as string, file: undefined, typesOnly }
      : { from: file, to: folderOf(target), file: target, typesOnly }
  })
}

function isAllowed(i: Import): boolean {
  const folder = folderOf(i.from)
  if (i.to === folder || mayImportAll.includes(folder)) return true
  const allowed = mayImport[folder] ?? leaves[folder] ?? []
  return (
    allowed.includes(i.to) ||
    (i.file !== undefined && allowed.includes(i.file)) ||
    (i.typesOnly && allowed.includes(`${i.to}:types`))
  )
}

/** String literals and templates of a file, with what stands in comments and regular expressions left out. */
function stringsOf(code: string): string[] {
  const token =
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|(?<=[(,=:[!&|?{};\n]\s*)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g
  return (code.match(token) ?? []).filter((t) => /^['"`]/.test(t))
}

const vietnamese = /[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]/i

describe('the layers', () => {
  it('are all named in the table, and the table names no other', () => {
    const known = [...Object.keys(mayImport), ...Object.keys(leaves), ...mayImportAll]
    const folders = [...new Set(sources.map(folderOf))]
    expect(folders.filter((f) => !known.includes(f))).toEqual([])
    expect(known.filter((f) => !folders.includes(f) && f !== 'documents')).toEqual([])
  })

  it('import nothing but what the table allows', () => {
    const wrong = sources.flatMap(importsOf).filter((i) => !isAllowed(i))
    expect(wrong.map((i) => `${i.from} imports ${i.typesOnly ? 'types of ' : ''}${i.file ?? i.to}`)).toEqual([])
  })

  it('are not held together by a check that finds nothing', () => {
    const found = sources.flatMap(importsOf)
    expect(found.some((i) => i.from === 'text/index.ts' && i.file === 'core/date.ts' && !i.typesOnly)).toBe(true)
    expect(found.some((i) => i.from === 'slack/outbound/directory.ts' && i.to === 'core' && i.typesOnly)).toBe(true)
    expect(found.some((i) => i.from === 'store/open.ts' && i.to === 'db')).toBe(true)
    expect(found.some((i) => i.from === 'cli.ts' && i.to === 'demo')).toBe(true)
    const forbidden = { from: 'core/people/unit.ts', file: 'store/people/unit.ts', to: 'store', typesOnly: true }
    expect(isAllowed(forbidden)).toBe(false)
    expect(isAllowed({ from: 'text/vi.ts', file: 'core/people/access.ts', to: 'core', typesOnly: false })).toBe(false)
  })

  it('take turns: the core is no circle with anybody', () => {
    const outOfCore = sources.filter((f) => f.startsWith('core/')).flatMap(importsOf)
    expect(outOfCore.filter((i) => i.file !== undefined && !i.file.startsWith('core/'))).toEqual([])
  })

  it('keep no clock in the core: the time is handed in', () => {
    const clocks = /\bDate\.now\b|new Date\(\)|performance\.now|setTimeout|setInterval|Math\.random|\bprocess\./
    expect(sources.filter((f) => f.startsWith('core/') && clocks.test(text(f)))).toEqual([])
  })
})

describe('sentences', () => {
  it('in Vietnamese stand in src/text alone', () => {
    const wrong = sources
      .filter((f) => !f.startsWith('text/'))
      .flatMap((f) => stringsOf(text(f).normalize('NFC')).map((s) => [f, s] as const))
      .filter(([, s]) => vietnamese.test(s))
    expect(wrong.map(([f, s]) => `${f}: ${s}`)).toEqual([])
  })

  it('are found where there are some', () => {
    const strings = stringsOf("const a = /'Độ/ // 'Đây'\n/* 'Đó' */ f('Nộp', `to`)")
    expect(strings.filter((s) => vietnamese.test(s))).toEqual(["'Nộp'"])
    expect(stringsOf(text('text/vi/home/menu.ts')).filter((s) => vietnamese.test(s)).length).toBeGreaterThan(20)
  })
})

describe('files', () => {
  const lines = (file: string) => text(file).split('\n').length - 1

  it('have at most 300 lines, half of them under 100', () => {
    expect(sources.filter((f) => lines(f) > 300).map((f) => `${f}: ${lines(f)}`)).toEqual([])
    const sorted = sources.map(lines).sort((a, b) => a - b)
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(100)
  })

  it('do not talk the compiler out of its checks', () => {
    const tricks = /\bas any\b|: any\b|<any>|@ts-(ignore|nocheck|expect-error)/
    const wrong = sources.filter((f) => tricks.test(text(f).replace(/\/\*[\s\S]*?\*\//g, '')))
    expect(wrong).toEqual([])
  })

  it('are named in small letters and hyphens', () => {
    expect(sources.filter((f) => !/^([a-z0-9-]+\/)*[a-z0-9-]+\.ts$/.test(f))).toEqual([])
  })
})
