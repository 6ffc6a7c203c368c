import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A busy machine is no failure: what is polled for has as long as what Playwright waits for.
    expect: { poll: { timeout: 30_000 } },
    reporters: ['default', './test/closing-line.ts'],
  },
});
