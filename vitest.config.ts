import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What is waited for comes, on a machine under load too; a second is what the default would give it.
    expect: { poll: { timeout: 15_000 } },
    reporters: ['default', './test/closing-line.ts'],
  },
});
