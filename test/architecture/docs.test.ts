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

/** Links of a page to files of this repository and their headings: `docs/settings.md#the-roster`, `#tests`. */
const linksIn = (page: string): string[] =>
  [...page.matchAll(/\]\((?!https?:)([^)\s]+)/g)].map((m) => decodeURIComponent(m[1] as string))

/** The anchors of a page's headings, as GitHub makes them. */
const anchorsOf = (page: string): string[] =>
  [...page.replace(/```[\s\S]*?```/g, '').matchAll(/^#+ (.+)$/gm)].map((m) =>
    (m[1] as string)
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s-]/gu, '')
      .replaceAll(' ', '-'),
  )

/** Whether a link of a page leads to a file, and to one of its headings where it names one. */
function leads(page: string, link: string): boolean {
  const [file = '', anchor] = link.split('#')
  const target = file === '' ? page : path.posix.join(path.posix.dirname(page), file)
  if (!existsSync(path.join(root, target))) return false
  return anchor === undefined || anchorsOf(readFileSync(path.join(root, target), 'utf8')).includes(anchor)
}

const exists = (name: string): boolean =>
  [name, `src/${name}`].some((file) => [file, `${file}.ts`].some((f) => existsSync(path.join(root, f))))

describe.each(pages)('%s', (page) => {
  const text = readFileSync(path.join(root, page), 'utf8')

  it('names only files that exist', () => {
    expect(pathsIn(text).filter((name) => !exists(name))).toEqual([])
  })

  it('links only to files and headings that exist', () => {
    expect(linksIn(text).filter((link) => !leads(page, link))).toEqual([])
  })
})

describe('the check of the documents', () => {
  it('finds a file that is gone, and links that lead nowhere', () => {
    expect(pathsIn('see `core/nothing/here.ts` and `core/date.ts`').filter((name) => !exists(name))).toEqual([
      'core/nothing/here.ts',
    ])
    const links = linksIn('[a](docs/gone.md) [b](https://example.org/x.md) [c](docs/settings.md#the-roster) [d](#no)')
    expect(links.filter((link) => !leads('README.md', link))).toEqual(['docs/gone.md', '#no'])
  })
})
