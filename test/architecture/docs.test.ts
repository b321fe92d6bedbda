import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { root } from './sources.js'

/** The example subject of CONTRIBUTING.md, and a layer that has no file yet. */
const EXAMPLE = /\bscore\b|^src\/documents\//

const pages = [
  ...readdirSync(root).filter((file) => file.endsWith('.md')),
  ...readdirSync(path.join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
]

/** Paths of files and folders that a page names in code style; those of layers may leave out `src/`. */
function pathsIn(page: string): string[] {
  const named =
    /`((?:src|test|bench|db|docs|scripts|manifests|core|commands|store|text|slack|jobs|files|local-slack|demo)\/[\w./-]+)`/g
  return [...page.matchAll(named)].map((m) => m[1] as string).filter((name) => !EXAMPLE.test(name))
}

/** Links of a page to files of this repository. */
const linksIn = (page: string): string[] =>
  [...page.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map((m) => m[1] as string)

const exists = (name: string): boolean =>
  [name, `src/${name}`].some((file) => [file, `${file}.ts`].some((f) => existsSync(path.join(root, f))))

describe.each(pages)('%s', (page) => {
  const text = readFileSync(path.join(root, page), 'utf8')

  it('names only files that exist', () => {
    expect(pathsIn(text).filter((name) => !exists(name))).toEqual([])
  })

  it('links only to files that exist', () => {
    const target = (link: string) => path.join(root, path.dirname(page), decodeURIComponent(link))
    expect(linksIn(text).filter((link) => !existsSync(target(link)))).toEqual([])
  })
})

describe('the check of the documents', () => {
  it('finds a file that is gone, and a broken link', () => {
    expect(pathsIn('see `core/nothing/here.ts` and `core/date.ts`').filter((name) => !exists(name))).toEqual([
      'core/nothing/here.ts',
    ])
    expect(linksIn('[a](docs/gone.md#part) [b](https://example.org/x.md)')).toEqual(['docs/gone.md'])
  })
})
