import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { listCollections } from '../../src/collections/index.ts';
import { makeSite } from './crash-site.ts';
import { openWorld, type World } from './world.ts';

const kills = Number(process.env.CRASH_KILLS ?? 6);

test('killed at any instant, an evaluation leaves a state that the next one completes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-crash-'));
  try {
    const file = join(folder, 'store.db');
    const world = await openWorld(file);
    await makeSite(world);
    await world.store.close();
    for (let kill = 0; kill < kills; kill += 1) {
      await runAndKill(file, kill);
      await expectWhole(file);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);

async function runAndKill(file: string, kill: number): Promise<void> {
  const script = resolve(import.meta.dirname, 'crash-child.ts');
  const child = spawn(process.execPath, [script, file, String(kill)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await ready(child);
  // Any instant will do, and another one each time.
  await setTimeout(30 + Math.random() * 400);
  const ended = new Promise<string | null>(done => child.once('exit', (_, signal) => done(signal)));
  child.kill('SIGKILL');
  expect(await ended).toBe('SIGKILL');
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((done, fail) => {
    child.stdout?.once('data', () => done());
    child.once('exit', code => fail(new Error(`The child ended with ${code}.`)));
  });
}

async function expectWhole(file: string): Promise<void> {
  const world = await openWorld(file);
  // Whatever was left: each count and the fold of the feed agree with the membership.
  await expectAgreement(world);
  await world.evaluate();
  await expectAgreement(world);
  const full = await world.evaluate({ mode: 'full' });
  expect(full.evaluated).toEqual([]);
  await world.store.close();
}

async function expectAgreement(world: World): Promise<void> {
  const { collections } = await listCollections(world.store, { type: 'device', limit: 1_000 });
  for (const { id, memberCount } of collections) {
    const { num } = await world.store.db
      .selectFrom('collection')
      .select('num')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    const members = await world.store.db
      .selectFrom('membership')
      .select('resource_id')
      .where('collection_num', '=', num)
      .orderBy('resource_id')
      .execute();
    const balances = await world.store.db
      .selectFrom('membership_change')
      .select(({ fn }) => ['resource_id', fn.sum<number>('change').as('balance')])
      .where('collection_num', '=', num)
      .groupBy('resource_id')
      .orderBy('resource_id')
      .execute();
    const folded = balances.filter(row => row.balance !== 0);
    expect(folded.every(row => row.balance === 1)).toBe(true);
    expect(folded.map(row => row.resource_id)).toEqual(members.map(row => row.resource_id));
    expect(memberCount).toBe(members.length);
  }
}
