import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'

// What is too long for every run of the tests: `npm run torture` kills the bot amid everything that people do,
// `npm run torture -- --year` runs the rungs of a year by `tick --at` over 500 units. SEED=… throws the same dice again.
const root = path.resolve(import.meta.dirname, '..')
const isYear = process.argv.includes('--year')
const vitest = path.join(root, 'node_modules/vitest/vitest.mjs')
if (!existsSync(vitest)) throw new Error('vitest is not installed: run `npm ci` first.')
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', isYear ? 'test/year/built.test.ts' : 'test/flows/process/kill.test.ts'],
  {
    cwd: root,
    stdio: 'inherit',
    env: { KILLS: isYear ? '100' : '200', ...process.env, ...(isYear ? { YEAR: '1' } : {}) },
  },
)
process.exit(status ?? 1)
