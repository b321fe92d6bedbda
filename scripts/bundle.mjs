/**
 * Bundles the bot and its imports into one file, `dist/main.mjs`, which `npm start` runs: finding and reading a thousand
 * files was most of a start, which takes half the time now. The HTTP worker thread becomes `dist/http-worker.mjs`. The
 * command line stays in `dist/src`.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'

const shared = {
  absWorkingDir: path.resolve(import.meta.dirname, '..'),
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  // For `node --enable-source-maps dist/main.mjs`.
  sourcemap: true,
  sourcesContent: false,
  legalComments: 'external',
  logLevel: 'warning',
}

await build({
  ...shared,
  entryPoints: ['src/main.ts'],
  outfile: 'dist/main.mjs',
  // better-sqlite3 has a native library; hucre is for the command line.
  external: ['better-sqlite3', 'hucre'],
  // Some CommonJS packages load Node's own modules with `require`.
  banner: {
    js: "import { createRequire } from 'node:module'\nconst require = createRequire(import.meta.url)",
  },
})
await build({ ...shared, entryPoints: ['src/slack/http/worker.ts'], outfile: 'dist/http-worker.mjs' })

// V8 stores a source text with one character beyond ASCII in two bytes per character, for as long as the bot runs. esbuild
// leaves such characters in comments and regular expressions. Measured: 8 MB; with the heap flag of src/main.ts 14 MB of 186.
const main = path.join(shared.absWorkingDir, 'dist/main.mjs')
const escaped = (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
const text = readFileSync(main, 'utf8')
// In a raw template an escape would be read as its six characters.
if (/\braw`[^`]*[^\0-\x7f]/.test(text)) throw new Error('a raw template with more than ASCII cannot be escaped')
writeFileSync(main, text.replace(/[^\0-\x7f]/g, escaped))
