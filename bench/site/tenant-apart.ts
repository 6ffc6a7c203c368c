import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Directory, openDirectory } from '../../src/directory/index.ts';
import { fastClock } from '../../test/directory/fast-clock.ts';
import { plainSecrets, tenantOf } from '../../test/directory/tenant-of.ts';

/**
 * Starts an emulated tenant with a large group in a process of its own, and opens it: what this process takes is
 * Rollcall's alone.
 */
export async function openTenantApart(
  group: string,
  size: number,
): Promise<{ directory: Directory; close(): Promise<void> }> {
  const script = join(import.meta.dirname, 'tenant-process.ts');
  const child = spawn(process.execPath, [...process.execArgv, script, group, String(size)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const [line] = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    exited.then(() => {
      throw new Error('The emulated tenant did not start.');
    }),
  ]);
  const directory = openDirectory(tenantOf(JSON.parse(String(line))), plainSecrets, {
    // No quota is waited for here: that is measured with the writer.
    clock: fastClock(1000),
    env: {},
  });
  return {
    directory,
    async close() {
      await directory.close();
      child.stdin.end();
      await exited;
    },
  };
}
