import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'

// Tests that take too long for the suite: `npm run torture` kills the bot repeatedly under random use; `npm run torture --
// --year` runs a year of reminders by `tick --at` with 500 units. SEED=… repeats a run.
const root = path.resolve(import.meta.dirname, '..')
const isYear = process.argv.includes('--year')
const vitest = path.join(root, 'node_modules/vitest/vitest.mjs')
if (!existsSync(vitest)) throw new Error('vitest is not installed: run `npm ci` first.')
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', isYear ? 'test/year/built-bot.test.ts' : 'test/flows/process/kill.test.ts'],
  {
    cwd: root,
    stdio: 'inherit',
    env: { KILLS: isYear ? '100' : '200', ...process.env, ...(isYear ? { YEAR: '1' } : {}) },
  },
)
process.exit(status ?? 1)
