import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // These limits only end what hangs: a test waits for a state, and on a busy machine it may wait long.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    teardownTimeout: 60_000,
    // One more than there are cores, because some files mostly wait: for a process to end or for a pause that Slack requests.
    maxWorkers: availableParallelism() + 1,
    // Files share the modules they import; importing them again for each file was a fifth of the time. No test may leave state behind.
    isolate: false,
  },
})
