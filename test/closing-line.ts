import type { Reporter, TestModule } from 'vitest/node';

/** Ends a run with one line that people and machines can read: "12 passed, 0 failed". */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]) {
    let [passed, failed, skipped] = [0, errors.length, 0];
    for (const module of modules) {
      let testsFailed = 0;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === 'passed') passed += 1;
        else if (state === 'failed') testsFailed += 1;
        else skipped += 1;
      }
      // A file that can not even be loaded has no tests to count.
      failed += testsFailed || (module.ok() ? 0 : 1);
    }
    process.once('exit', () => {
      process.stdout.write(
        `\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`,
      );
    });
  }
}
