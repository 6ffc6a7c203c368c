import { afterEach, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../../emulator/index.ts';
import type { Clock } from '../../src/base/index.ts';
import { openDirectory } from '../../src/directory/index.ts';
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
