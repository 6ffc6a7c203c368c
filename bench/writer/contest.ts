import { type Counters, type Emulator, type EmulatorOptions, startEmulator } from '../../emulator/index.ts';
import type { Clock } from '../../src/base/index.ts';
import { openDirectory } from '../../src/directory/index.ts';
import { plainSecrets, tenantOf } from '../../test/directory/support.ts';
import { type Measured, measure } from '../report.ts';
import { signIn } from './graph.ts';
import type { GroupWriter } from './group-writer.ts';
import { oneByOne } from './one-by-one.ts';
import { rollcall } from './rollcall.ts';
import { tenWorkers } from './ten-workers.ts';

/** Who writes: the name that is shown, and how it is started on a tenant. */
export interface Contestant {
  name: string;
  start(emulator: Emulator, clock: Clock): Promise<{ writer: GroupWriter; close(): Promise<void> }>;
}

const plain = (make: (graph: Awaited<ReturnType<typeof signIn>>) => GroupWriter): Contestant['start'] =>
  async function start(emulator, clock) {
    const graph = await signIn(emulator, clock);
    return { writer: make(graph), close: graph.close };
  };

export const contestants = {
  rollcall: {
    name: 'Rollcall',
    async start(emulator, clock) {
      // With all of the quota: what share of it is left to other apps is a setting.
      const directory = openDirectory(tenantOf(emulator), plainSecrets, { clock, env: {} });
      return { writer: rollcall(directory), close: directory.close };
    },
  },
  tenWorkers: { name: 'ten workers', start: plain(tenWorkers) },
  oneByOne: { name: 'one by one', start: plain(oneByOne) },
} satisfies Record<string, Contestant>;

/** What is to be done to a new group. */
export interface Task {
  action: 'add' | 'remove';
  count: number;
}

/** How it went: time by the clock, and what the tenant counted. */
export interface Contest extends Omit<Measured<void>, 'result'> {
  counters: Counters;
}

/**
 * Lets one of them do one task on a tenant of its own, whose quotas are untouched, and looks whether the group is
 * right in the end.
 * @param clock what both sides read and wait on
 */
export async function compete(
  { name, start }: Contestant,
  { action, count }: Task,
  clock: Clock,
  options: EmulatorOptions,
): Promise<Contest> {
  const emulator = await startEmulator({ ...options, clock });
  try {
    const ids = Array.from({ length: count }, () => emulator.tenant.addDevice().id);
    const group = emulator.tenant.addGroup({ members: action === 'remove' ? ids : [] });
    const { writer, close } = await start(emulator, clock);
    emulator.log.clear();
    const before = clock.now().getTime();
    const measured = await measure(`${name}: ${action} ${count}`, () => writer[action](group.id, ids));
    const seconds = (clock.now().getTime() - before) / 1000;
    await close();
    const members = emulator.tenant.members(group.id).length;
    if (members !== (action === 'add' ? count : 0)) {
      throw new Error(`${name} left ${members} members.`);
    }
    return { ...measured, seconds, counters: { ...emulator.counters } };
  } finally {
    await emulator.close();
  }
}
