import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asProcess, bareEnvironment } from './rollcall.ts';

// Large enough to be read in a thread of its own, and for several batches.
const devices = 24_000;
const kills = Number(process.env.CRASH_KILLS ?? 3);
const main = resolve(import.meta.dirname, '../../src/main.ts');

let folder: string;
let file: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-import-'));
  file = join(folder, 'devices.ndjson');
  await writeFile(file, Array.from({ length: devices }, (_, i) => line(i)).join(''));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('an import that is stopped in the middle', () => {
  test('by SIGKILL has left whole resources, and is completed by running it again', async () => {
    const dataDir = join(folder, 'killed');
    let inTheMiddle = 0;
    for (let kill = 0; kill < kills; kill += 1) {
      const child = startImport(dataDir);
      // From the start: it may have come to its end by itself before it is killed.
      const ended = once(child, 'exit');
      await someCameIn(child, dataDir, stored(dataDir));
      await setTimeout(Math.random() * 200);
      child.kill('SIGKILL');
      await ended;
      const count = stored(dataDir);
      if (count < devices) inTheMiddle += 1;
      expectWhole(dataDir, count);
      if (count === devices) break;
    }
    expect(inTheMiddle).toBeGreaterThan(0);
    await expectCompletion(dataDir);
  }, 120_000);

  test('by Ctrl-C ends with 130, has left whole resources, and is completed by running it again', async () => {
    const dataDir = join(folder, 'interrupted');
    const child = startImport(dataDir);
    const ended = once(child, 'exit');
    await someCameIn(child, dataDir, 0);
    child.kill('SIGINT');
    expect((await ended)[0]).toBe(130);
    const count = stored(dataDir);
    expect(count).toBeLessThan(devices);
    expectWhole(dataDir, count);
    await expectCompletion(dataDir);
  }, 120_000);
});

function line(i: number): string {
  const programs = Array.from({ length: 4 }, (_, n) => ({
    DisplayName: `A program with a long name, number ${i % 50}-${n}`,
    Version: `${n}.${i % 7}`,
  }));
  return `${JSON.stringify({
    type: 'device',
    name: `PC-${i}`,
    externalId: `id-${i}`,
    properties: { OperatingSystemNameandVersion: 'Microsoft Windows NT Workstation 10.0' },
    inventory: { SMS_G_System_ADD_REMOVE_PROGRAMS: programs },
  })}\n`;
}

function startImport(dataDir: string): ChildProcess {
  const words = ['--data', dataDir, 'resource', 'import', file];
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...words], {
    env: bareEnvironment(),
    stdio: 'ignore',
  });
}

/** Resolves when more resources are stored than before, or the import has ended. */
async function someCameIn(child: ChildProcess, dataDir: string, before: number): Promise<void> {
  while (child.exitCode === null && stored(dataDir) <= before) await setTimeout(10);
}

function stored(dataDir: string): number {
  return asked(dataDir, 'select count(*) as n from resource') ?? 0;
}

/** A number out of the store; undefined while there is no such store or table. */
function asked(dataDir: string, query: string): number | undefined {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(join(dataDir, 'rollcall.db'), { readOnly: true });
    return Number(db.prepare(query).get()?.n);
  } catch {
    return undefined;
  } finally {
    db?.close();
  }
}

/** Each resource that is there has all of its rows, and is told in the feed. */
function expectWhole(dataDir: string, count: number): void {
  if (count === 0) return;
  const table = `class_${asked(
    dataDir,
    "select id as n from inventory_class where name = 'SMS_G_System_ADD_REMOVE_PROGRAMS'",
  )}`;
  expect(asked(dataDir, `select count(*) as n from ${table}`)).toBe(4 * count);
  expect(asked(dataDir, `select count(distinct resource_id) as n from ${table}`)).toBe(count);
  expect(asked(dataDir, 'select count(distinct resource_id) as n from resource_change')).toBe(count);
}

async function expectCompletion(dataDir: string): Promise<void> {
  const before = stored(dataDir);
  const again = await asProcess(['--data', dataDir, 'resource', 'import', file, '-o', 'json']);
  expect(again.code, again.stderr).toBe(0);
  expect(JSON.parse(again.stdout)).toMatchObject({
    created: devices - before,
    unchanged: before,
    changed: 0,
    rejected: 0,
  });
  expect(stored(dataDir)).toBe(devices);
  expectWhole(dataDir, devices);
}
