import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // Left to itself it leaves one core idle, which on two is half of them.
    maxWorkers: '100%',
    // Files share what they import: to read it anew for each was a fifth of the time. No test may leave anything behind.
    isolate: false,
  },
})
