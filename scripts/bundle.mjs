/**
 * Puts the bot and what it imports into one file, `dist/main.mjs`, which `npm start` runs: finding and reading a thousand
 * files was most of a start. Beside it `dist/http-thread.mjs`, the thread that stands at the HTTP door. The command line
 * stays in `dist/src`.
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
  // The first brings a native library along, the second is for the command line.
  external: ['better-sqlite3', 'exceljs'],
  // Some packages are CommonJS and ask for Node's own modules with `require`.
  banner: {
    js: "import { createRequire } from 'node:module'\nconst require = createRequire(import.meta.url)",
  },
})
await build({ ...shared, entryPoints: ['src/slack/http/worker.ts'], outfile: 'dist/http-thread.mjs' })

// With one sign beyond ASCII the whole text takes two bytes a sign in memory for as long as the bot runs. What the build
// leaves of them stands in comments and in regular expressions.
const main = path.join(shared.absWorkingDir, 'dist/main.mjs')
const escaped = (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`
const text = readFileSync(main, 'utf8')
// There an escape would be read as the six signs that it is written with.
if (/\braw`[^`]*[^\0-\x7f]/.test(text)) throw new Error('a raw template with more than ASCII cannot be escaped')
writeFileSync(main, text.replace(/[^\0-\x7f]/g, escaped))
