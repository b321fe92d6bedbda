import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

export const root = path.resolve(import.meta.dirname, '../..')

/** Source text by path from the root of the repository, with `/` between folders. */
export type Sources = ReadonlyMap<string, string>

/** Every TypeScript file below the given folders of the repository. */
export function readSources(...folders: string[]): Sources {
  const files = folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => `${folder}/${file.replaceAll(path.sep, '/')}`),
  )
  return new Map(files.sort().map((file) => [file, readFileSync(path.join(root, file), 'utf8')]))
}

export interface Import {
  from: string
  /** A path from the root of the repository, `src/core/date.ts`, or the name of a package. */
  to: string
  isPackage: boolean
  typesOnly: boolean
}

/** Every import, re-export and dynamic import of a file, type imports included. */
export function importsOf(file: string, code: string): Import[] {
  const statement = /^\s*(?:import|export)\s+(type\s)?(?:[^'"`;]*?\sfrom\s+)?['"]([^'"]+)['"]/gm
  const dynamic = /\b(?:import|require)\s*\(\s*['"]([^'"]+)['"]/g
  const found = [
    ...[...code.matchAll(statement)].map((m) => ({ what: m[2] as string, typesOnly: m[1] !== undefined })),
    ...[...code.matchAll(dynamic)].map((m) => ({ what: m[1] as string, typesOnly: false })),
  ]
  return found.map(({ what, typesOnly }) => {
    if (what.startsWith('.')) {
      const to = path.posix.join(path.posix.dirname(file), what).replace(/\.js$/, '.ts')
      return { from: file, to, isPackage: false, typesOnly }
    }
    const [scope = '', name] = what.split('/')
    return { from: file, to: scope.startsWith('@') ? `${scope}/${name}` : scope, isPackage: true, typesOnly }
  })
}

/** Every import of every file. */
export const allImports = (sources: Sources): Import[] => [...sources].flatMap(([file, code]) => importsOf(file, code))

/** The files that one file imports, directly and through others, itself left out. */
export function reachableFrom(sources: Sources, start: string): Set<string> {
  const reached = new Set<string>()
  const queue = [start]
  for (let file = queue.pop(); file !== undefined; file = queue.pop())
    for (const { to } of importsOf(file, sources.get(file) ?? ''))
      if (sources.has(to) && !reached.has(to)) {
        reached.add(to)
        queue.push(to)
      }
  reached.delete(start)
  return reached
}

/** Groups of files that import each other in a circle, type imports included (Tarjan, strongly connected components). */
export function circles(sources: Sources): string[][] {
  const index = new Map<string, number>()
  const stack: string[] = []
  const found: string[][] = []
  const visit = (file: string): number => {
    index.set(file, index.size)
    let lowest = index.get(file) as number
    stack.push(file)
    for (const { to } of importsOf(file, sources.get(file) ?? '')) {
      if (!sources.has(to)) continue
      if (!index.has(to)) lowest = Math.min(lowest, visit(to))
      else if (stack.includes(to)) lowest = Math.min(lowest, index.get(to) as number)
    }
    if (lowest === index.get(file)) {
      const group = stack.splice(stack.indexOf(file))
      if (group.length > 1) found.push(group.sort())
    }
    return lowest
  }
  for (const file of sources.keys()) if (!index.has(file)) visit(file)
  return found
}

/** String literals and templates of a file, without those in comments and regular expressions. */
export function stringsOf(code: string): string[] {
  const token =
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|(?<=[(,=:[!&|?{};\n]\s*)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\/[a-z]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g
  return (code.match(token) ?? []).filter((t) => /^['"`]/.test(t))
}

/** The code of a file without its comments. */
export const withoutComments = (code: string): string =>
  code.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:'"`])\/\/[^\n]*/g, '$1')

/** How often a pattern matches, by file; files without a match are left out. */
export function countMatches(sources: Sources, pattern: RegExp): Map<string, number> {
  const counts = [...sources].map(([file, code]) => [file, [...code.matchAll(pattern)].length] as const)
  return new Map(counts.filter(([, count]) => count > 0))
}
