import { afterEach, describe, expect, onTestFinished, test } from 'vitest';
import { type Emulator, startEmulator, usualPermissions } from '../../emulator/index.ts';
import type { Clock } from '../../src/base/index.ts';
import {
  connectTenant,
  type Directory,
  openDirectory,
  type TenantInput,
  updateTenant,
} from '../../src/directory/index.ts';
import { openDirectories } from '../../src/schedule/index.ts';
import { openSqlite } from '../../src/store/index.ts';
import { plainSecrets, tenantOf } from './support.ts';

// When the writes of a large removal go out, by the emulator's own notes. Time stands still but for the writer's waits,
// each of which passes at once.

/** Graph's documented writes of an app in a tenant, and the time in which they come back. */
const [quota, windowMs] = [3_000, 150_000];
const removals = 400;
let emulator: Emulator;
afterEach(() => emulator?.close());

/** A clock that only waiting moves on. */
function waitingClock(): Clock {
  let ms = Date.parse('2026-11-24T12:00:00.000Z');
  return {
    now: () => new Date(ms),
    async sleep(duration, signal) {
      // Answers that are under way come before the wait is over.
      await new Promise(resolve => setTimeout(resolve, 20));
      signal?.throwIfAborted();
      ms += duration;
    },
  };
}

test.each([100, 10, 5])('a share of %i in a hundred is kept to, and used', async quotaShare => {
  const clock = waitingClock();
  emulator = await startEmulator({ clock });
  const ids = Array.from({ length: removals }, () => emulator.tenant.addDevice().id);
  const group = emulator.tenant.addGroup({ members: ids });
  const directory = openDirectory(tenantOf(emulator, undefined, { quotaShare }), plainSecrets, {
    clock,
    env: {},
  });
  await directory.removeMembers(group.id, ids, async () => {});
  await directory.close();
  expect(emulator.tenant.members(group.id)).toEqual([]);
  expect(emulator.counters.refused).toBe(0);
  const writes = emulator.log.entries({ method: 'DELETE' }).map(entry => entry.at);
  expect(writes).toHaveLength(removals);
  const share = (quota * quotaShare) / 100;
  const passed = (at: number) => (at - (writes[0] ?? 0)) / windowMs;
  // So many may go at once, and as many again in each window after that.
  for (const [before, at] of writes.entries())
    expect(before + 1).toBeLessThanOrEqual(share * (1 + passed(at)));
  const least = Math.max(0, removals / share - 1);
  expect(passed(writes.at(-1) ?? 0)).toBeLessThanOrEqual(least * 1.2 + 0.1);
});

describe('what one app may take in one directory', () => {
  /** Removes so many members of a new group, and tells the seconds that it took. */
  async function remove(directory: Pick<Directory, 'removeMembers'>, count: number, clock: Clock) {
    const ids = Array.from({ length: count }, () => emulator.tenant.addDevice().id);
    const group = emulator.tenant.addGroup({ members: ids });
    const before = clock.now().getTime();
    await directory.removeMembers(group.id, ids, async () => {});
    return (clock.now().getTime() - before) / 1000;
  }

  async function twoTenants() {
    const clock = waitingClock();
    emulator = await startEmulator({ clock });
    const store = await openSqlite(':memory:');
    const { tenantId, clientId, clientSecret: secret } = emulator.credentials;
    const { loginUrl, graphUrl, caPem: ca } = emulator;
    const reached = {
      tenantId,
      loginUrl,
      graphUrl,
      ca,
      credential: { kind: 'client-secret', secret },
    } as const;
    // 5 % of the quota: 147 writes at once, then one a second.
    const connect = (name: string, app: Partial<TenantInput> = {}) =>
      connectTenant(store, plainSecrets, { ...reached, name, clientId, quotaShare: 5, ...app }, clock);
    const directories = openDirectories(store, plainSecrets, clock);
    onTestFinished(async () => {
      await directories.close();
      await store.close();
    });
    return { store, clock, connect, directories };
  }

  test('is not had again when a setting of the tenant changes', async () => {
    const { store, clock, connect, directories } = await twoTenants();
    const { id } = await connect('Contoso');
    expect(await remove(await directories.of(id), 140, clock)).toBe(0);
    await clock.sleep(1);
    await updateTenant(store, plainSecrets, id, { name: 'Renamed' }, clock);
    expect(await remove(await directories.of(id), 40, clock)).toBeGreaterThan(25);
  });

  test('is less at once when the share is lowered, and what was drawn stays drawn', async () => {
    const { store, clock, connect, directories } = await twoTenants();
    const { id } = await connect('Contoso');
    expect(await remove(await directories.of(id), 40, clock)).toBe(0);
    await clock.sleep(1);
    // 1 %: 29 writes at once, then one in five seconds; 40 are drawn.
    await updateTenant(store, plainSecrets, id, { quotaShare: 1 }, clock);
    expect(await remove(await directories.of(id), 20, clock)).toBeGreaterThan(100);
  });

  test('is shared by two tenants that are the same app in the same directory, and by no others', async () => {
    const { clock, connect, directories } = await twoTenants();
    const [first, same] = [await connect('Contoso'), await connect('Contoso again')];
    expect(await remove(await directories.of(first.id), 140, clock)).toBe(0);
    expect(await remove(await directories.of(same.id), 40, clock)).toBeGreaterThan(25);
    const { appId } = emulator.tenant.addApp({ secrets: ['other'], permissions: usualPermissions });
    const other = await connect('Contoso by another app', {
      clientId: appId,
      credential: { kind: 'client-secret', secret: 'other' },
    });
    expect(await remove(await directories.of(other.id), 140, clock)).toBe(0);
  });
});
