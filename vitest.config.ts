import { defineConfig } from 'vitest/config';
import LongestFirst from './test/longest-first.ts';

/** Microsoft's libraries keep for the life of a process how they reached the platform that gives identities. */
const alone = ['test/emulator/microsoft-clients.test.ts'];

export default defineConfig({
  test: {
    projects: [
      // Files in one process share what they import, which is a third of the whole time. So no file may leave anything
      // behind in a module or in the process.
      {
        extends: true,
        test: { name: 'shared', include: ['test/**/*.test.ts'], exclude: alone, isolate: false },
      },
      { extends: true, test: { name: 'alone', include: alone } },
    ],
    pool: 'forks',
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // A busy machine is no failure: a test ends when it has, what is polled for has as long as what Playwright waits for.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 30_000 } },
    reporters: ['default', './test/closing-line.ts'],
  },
});
