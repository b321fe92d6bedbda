import { existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'
import { configDefaults, defineConfig } from 'vitest/config'

/** Tests that start processes or need the files of `npm run build`. */
const processes = [
  'test/flows/process/**',
  'test/slack/http/receiver.test.ts',
  'test/demo/stop.test.ts',
  'test/year/**',
  'test/log.test.ts',
  'test/start.test.ts',
  'test/this-process.test.ts',
]
/** Long conversations with the whole bot, which repeat much of what the rules' and the stores' own tests check. */
const longFlows = [
  'test/flows/{attachment,audit,campaign,desk,digest,home,privacy,progress,reminder,report}/**',
  'test/flows/submission/phone.test.ts',
]

const memory = '/dev/shm'
const hasMemory = (): boolean => {
  if (!existsSync(memory)) return false
  const { bavail, bsize } = statfsSync(memory)
  return bavail * bsize > 2e9
}

/** Databases of tests lie in memory where there is room, because waiting for a disk at each commit takes long. */
function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(hasMemory() ? memory : tmpdir(), 'thidua-test-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** `npm run test:fast` is the mode `fast`: no build and no process, for every few minutes of work. `npm test` runs everything. */
export default defineConfig(({ mode }) => ({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(mode === 'fast' ? [...processes, ...longFlows] : [])],
    env: { TMPDIR: temporaryFolder() },
    // These limits only end what hangs: a test waits for a state, and on a busy machine that may take long. A test that is cut off
    // leaves its fake clock to the files after it.
    testTimeout: 3_600_000,
    hookTimeout: 3_600_000,
    teardownTimeout: 120_000,
    // One more than there are cores, because some files mostly wait: for a process to end or for a pause that Slack requests.
    // The fast tests wait for nothing, and each worker imports all modules.
    maxWorkers: availableParallelism() + (mode === 'fast' ? 0 : 1),
    // Files share the modules they import; importing them again for each file was a fifth of the time. No test may leave state behind.
    isolate: false,
  },
}))
