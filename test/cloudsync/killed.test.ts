import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { silent, systemClock } from '../../src/base/index.ts';
import { mappingStatus, synchronize } from '../../src/cloudsync/index.ts';
import { type Rig, startRig } from '../directory/support.ts';
import { Site } from './site.ts';

const devices = 150;
const kills = Number(process.env.ROLLCALL_KILLS ?? 8);
const work = { clock: systemClock, report: silent, signal: new AbortController().signal };

it(
  'ends in the right group and statuses, however often a run was killed in the middle',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rollcall-killed-'));
    const file = join(folder, 'rollcall.db');
    const site = await Site.open(file);
    const rig = await startRig({ speed: 1, emulator: { latencyMs: 25, memberPageSize: 10 } });
    onTestFinished(async () => {
      await site.close();
      await rig.close();
      await rm(folder, { recursive: true });
    });
    // What is killed is under test here, not what is held.
    await site.store.db.updateTable('cloud_service').set({ max_removal_percent: 100 }).execute();
    const names = Array.from({ length: devices }, (_, n) => `PC${n}`);
    for (const [n, objectId] of rig.devices(devices).entries()) {
      await site.resource(`PC${n}`, { absent: true });
      await site.identify(`PC${n}`, objectId);
    }
    const { id: groupId } = rig.emulator.tenant.addGroup({ displayName: 'Pilot' });
    site.entra.put(groupId, [], { displayName: 'Pilot' });
    await site.collection('C', names.slice(0, 100));
    await site.map('C', groupId);

    // A full run goes by what changed once its link is older than lists may lag: as if half a minute had passed.
    const letLinksBeFollowed = () =>
      site.store.db
        .updateTable('group_reading')
        .set({ link_at: new Date(Date.now() - 60_000).toISOString() })
        .where('link', 'is not', null)
        .execute();
    const inside = new Set(names.slice(0, 100));
    for (let kill = 0; kill < kills; kill += 1) {
      await killInTheMiddle(file, rig, kill % 3 === 2 ? 'incremental' : 'full');
      await letLinksBeFollowed();
      for (let change = 0; change < 40; change += 1) {
        const name = `PC${Math.floor(Math.random() * (devices - 1)) + 1}`;
        if (inside.delete(name)) await site.leave('C', name);
        else {
          inside.add(name);
          await site.join('C', name);
        }
      }
    }

    const run = (full: boolean) =>
      synchronize(site.store, async () => rig.directory, { full, approve: false, requestedBy: 'test' }, work);
    expect(await run(false)).toMatchObject([{ status: 'Success', problem: null }]);
    const wanted = await site.store.db
      .selectFrom('membership')
      .innerJoin('entra_identity', 'entra_identity.resource_id', 'membership.resource_id')
      .select('entra_identity.object_id')
      .execute();
    const members = () => rig.emulator.tenant.members(groupId).sort();
    expect(members()).toEqual(wanted.map(row => row.object_id).sort());
    expect(await mappingStatus(site.store)).toMatchObject([
      { status: 'Success', memberCount: inside.size, syncCompleted: inside.size, syncInProgress: 0 },
    ]);
    const { writes } = rig.directory.counters;
    expect(await run(true)).toMatchObject([{ status: 'Success' }]);
    await letLinksBeFollowed();
    expect(await run(true)).toMatchObject([{ status: 'Success' }]);
    rig.emulator.log.clear();
    expect(await run(true)).toMatchObject([{ status: 'Success' }]);
    expect(rig.directory.counters.writes).toBe(writes);
    // The last one has followed the group, after all that was killed.
    expect(rig.emulator.counters.byKind).toMatchObject({ 'GET groups/delta': 1 });
    expect(rig.emulator.counters.byKind['GET groups/:id/members']).toBeUndefined();
    const cut = await site.store.db
      .selectFrom('sync_run')
      .select('id')
      .where('status', '=', 'interrupted')
      .execute();
    expect(cut.length).toBeLessThanOrEqual(kills);
  },
  60_000 + kills * 15_000,
);

/** Starts a run in a process of its own and kills that at a random instant of it. */
async function killInTheMiddle(file: string, { emulator }: Rig, kind: string): Promise<void> {
  const { loginUrl, graphUrl, caPem, credentials } = emulator;
  const given = JSON.stringify({ loginUrl, graphUrl, caPem, credentials });
  const script = join(import.meta.dirname, 'run-process.ts');
  const child = spawn(process.execPath, [script, file, given, kind], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  await Promise.race([once(child.stdout, 'data'), exited]);
  await wait(Math.random() * 400);
  child.kill('SIGKILL');
  await exited;
}
