import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // One more than there are cores: some files mostly wait, for what they killed or for a pause that Slack asks for.
    maxWorkers: availableParallelism() + 1,
    // Files share what they import: to read it anew for each was a fifth of the time. No test may leave anything behind.
    isolate: false,
  },
})
