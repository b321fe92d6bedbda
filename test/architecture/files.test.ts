import { readdirSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { countMatches, readSources, root, type Sources, stringsOf, withoutComments } from './sources.js'

const sources = readSources('src')
const below = (prefix: string | RegExp): Sources =>
  new Map([...sources].filter(([file]) => (typeof prefix === 'string' ? file.startsWith(prefix) : prefix.test(file))))

const vietnamese = /[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]/i

/** Whatever talks the compiler out of its checks altogether. */
const tricks = /\bas any\b|: any\b|<any>|@ts-(ignore|nocheck|expect-error)/g
/** Casts that the compiler would refuse without a detour. Lower the number when one goes; it never rises. */
const casts = {
  pattern: /\bas never\b|\bas unknown as\b|\bas Block\b|(?<!\w)<(never|unknown|Block)>\s*[\w({[]/g,
  atMost: 15,
}
/** Reads of rows outside queries and use cases: a member of a transaction, under this name or another. */
const reads = {
  pattern:
    /\btx!?\??\.\w+|\btx!?\[|\[['"]tx['"]\]|\}\s*=\s*(await )?([\w.]+\.)?tx\b|\btx:\s*[{\w]+[^\n]*\}\s*(=|:)|=\s*([\w.]+\.)?tx\b/g,
  where: /^src\/(commands|documents)\//,
}
/** Words of one chat platform; "unitsLacking" contains one by chance. */
const platformWords = {
  pattern:
    /(?<!unit)slack|block.?kit|mrkdwn|\b(block|action|callback|trigger|view|team)_id\b|response_url|ephemeral|xox[bp]-/gi,
  where: /^src\/(core|commands|jobs|store)\//,
}
/** In sentences the name of the platform may stand; names of identifiers and files are for all platforms. */
const platformNames = { pattern: /\b\w*slack\w*\b(?=\(|\s*[:=]\s*['`({])/gi, where: /^src\/text\/(?!vi\/(cli|demo)\/)/ }

const total = (counts: Map<string, number>): number => [...counts.values()].reduce((sum, n) => sum + n, 0)

describe('sentences', () => {
  it('in Vietnamese exist in src/text alone', () => {
    const wrong = [...sources]
      .filter(([file]) => !file.startsWith('src/text/'))
      .flatMap(([file, code]) => stringsOf(code.normalize('NFC')).map((s) => [file, s] as const))
      .filter(([, s]) => vietnamese.test(s))
    expect(wrong.map(([file, s]) => `${file}: ${s}`)).toEqual([])
  })

  it('are found where there are some', () => {
    const strings = stringsOf("const a = /'Độ/ // 'Đây'\n/* 'Đó' */ f('Nộp', `to`)")
    expect(strings.filter((s) => vietnamese.test(s))).toEqual(["'Nộp'"])
    const menu = sources.get('src/text/vi/home/menu.ts') ?? ''
    expect(stringsOf(menu).filter((s) => vietnamese.test(s)).length).toBeGreaterThan(20)
  })
})

describe('source files', () => {
  const lines = (code: string) => code.split('\n').length - 1

  it('have at most 300 lines, half of them under 100', () => {
    expect([...sources].filter(([, code]) => lines(code) > 300).map(([file]) => file)).toEqual([])
    const sorted = [...sources.values()].map(lines).sort((a, b) => a - b)
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(100)
  })

  it('are named in small letters and hyphens', () => {
    expect([...sources.keys()].filter((file) => !/^([a-z0-9-]+\/)*[a-z0-9-]+\.ts$/.test(file))).toEqual([])
  })

  it('lie at most 20 to a folder, of whatever kind', () => {
    const counts = new Map<string, number>()
    for (const top of ['src', 'test', 'bench', 'docs', 'scripts', 'db'])
      for (const entry of readdirSync(path.join(root, top), { recursive: true, withFileTypes: true }))
        if (entry.isFile()) counts.set(entry.parentPath, (counts.get(entry.parentPath) ?? 0) + 1)
    expect(counts.size).toBeGreaterThan(50)
    expect([...counts].filter(([, count]) => count > 20)).toEqual([])
  })

  it('do not switch the compiler off', () => {
    const code = new Map([...sources].map(([file, text]) => [file, text.replace(/\/\*[\s\S]*?\*\//g, '')]))
    expect([...countMatches(code, tricks)]).toEqual([])
    expect('const a = b as any'.match(tricks)).toHaveLength(1)
  })

  it('cast ever less', () => {
    const counts = countMatches(new Map([...sources].map(([f, c]) => [f, withoutComments(c)])), casts.pattern)
    expect(total(counts), [...counts].join(' ')).toBeLessThanOrEqual(casts.atMost)
  })
})

describe('cards, pages, commands and documents', () => {
  it('read no rows: they draw what queries return', () => {
    expect([...countMatches(below(reads.where), reads.pattern)]).toEqual([])
    for (const code of [
      'await tx.units.list(id)',
      'use.tx?.units',
      "use['tx'].units",
      'const { units } = use.tx',
      'const { units } = tx',
      'const rows = use.tx',
      'async function f({ tx: { units } }: UseCase) {',
      'const { tx: rows } = use',
    ])
      expect(code.match(reads.pattern), code).toHaveLength(1)
  })
})

describe('the words of one chat platform', () => {
  it('are used in its own folder, and nowhere in core, commands and jobs', () => {
    const counts = countMatches(below(platformWords.where), platformWords.pattern)
    expect([...counts]).toEqual([])
    expect([...countMatches(below(platformNames.where), platformNames.pattern)]).toEqual([])
    expect('notInSlack: () => 1'.match(platformNames.pattern)).toHaveLength(1)
  })
})
