import { defineConfig } from 'vitest/config';
import LongestFirst from './test/longest-first.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'forks',
    maxWorkers: 2,
    // Files in one process share what they import, which is a third of the whole time. So no file may leave anything
    // behind in a module or in the process.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // A busy machine is no failure: a test ends when it has, what is polled for has as long as what Playwright waits for.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    reporters: ['default', './test/closing-line.ts'],
  },
});
