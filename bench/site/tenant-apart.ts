import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Directory, openDirectory } from '../../src/directory/index.ts';
import { fastClock } from '../../test/directory/fast-clock.ts';
import { plainSecrets, type Reached, tenantOf } from '../../test/directory/tenant-of.ts';

/** An emulated tenant in a process of its own: what this process takes is Rollcall's alone. */
export interface TenantApart {
  reached: Reached;
  directory: Directory;
  /** Has the tenant do what its script does when it is told a line; resolves when that is done. */
  tell(line: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts an emulated tenant apart, and opens its directory.
 * @param script file of this folder: it prints how the tenant is reached, then a line for each line that it is told
 */
export async function openTenantApart(script: string, ...options: (string | number)[]): Promise<TenantApart> {
  const words = [...process.execArgv, join(import.meta.dirname, script), ...options.map(String)];
  const child = spawn(process.execPath, words, { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout });
  const nextLine = async () => {
    const [line] = await Promise.race([
      once(lines, 'line'),
      exited.then(() => {
        throw new Error('The emulated tenant ended.');
      }),
    ]);
    return String(line);
  };
  const reached: Reached = JSON.parse(await nextLine());
  const directory = openDirectory(tenantOf(reached), plainSecrets, {
    // No quota is waited for here: that is measured with the writer.
    clock: fastClock(1000),
    env: {},
  });
  return {
    reached,
    directory,
    async tell(line) {
      const done = nextLine();
      child.stdin.write(`${line}\n`);
      await done;
    },
    async close() {
      await directory.close();
      child.stdin.end();
      await exited;
    },
  };
}
