import { Agent } from 'undici';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../emulator/index.ts';
import type { Clock } from '../../src/base/index.ts';
import {
  type Directory,
  type DirectoryOptions,
  type MemberOutcome,
  openDirectory,
} from '../../src/directory/index.ts';
import { fastClock } from './fast-clock.ts';
import { plainSecrets, tenantOf } from './tenant-of.ts';

export { fastClock } from './fast-clock.ts';
export { plainSecrets, tenantOf } from './tenant-of.ts';

/** An emulator with a directory on it, both on one fast clock. */
export interface Rig {
  emulator: Emulator;
  directory: Directory;
  clock: Clock;
  /** So many devices; their object ids. */
  devices(count: number): string[];
  /** Adds or removes, and gives each object's outcome: done, already, or the kind of failure. */
  write(action: 'add' | 'remove', groupId: string, ids: readonly string[]): Promise<Map<string, string>>;
  close(): Promise<void>;
}

export async function startRig(
  options: { emulator?: EmulatorOptions; directory?: DirectoryOptions; speed?: number } = {},
): Promise<Rig> {
  const clock = fastClock(options.speed ?? 200);
  const emulator = await startEmulator({ clock, throttling: false, ...options.emulator });
  const directory = openDirectory(tenantOf(emulator), plainSecrets, {
    clock,
    env: {},
    random: () => 0.5,
    ...options.directory,
  });
  return {
    emulator,
    directory,
    clock,
    devices: count => Array.from({ length: count }, () => emulator.tenant.addDevice().id),
    async write(action, groupId, ids) {
      const outcomes: MemberOutcome[] = [];
      const take = async (batch: MemberOutcome[]) => void outcomes.push(...batch);
      await (action === 'add'
        ? directory.addMembers(groupId, ids, take)
        : directory.removeMembers(groupId, ids, take));
      const byId = new Map(outcomes.map(o => [o.objectId, o.outcome === 'failed' ? o.kind : o.outcome]));
      if (byId.size !== outcomes.length) throw new Error('an object had two outcomes');
      return byId;
    },
    async close() {
      await directory.close();
      await emulator.close();
    },
  };
}

/** Connections that give up soon, for servers that never answer. */
export function impatientConnections(ca: string): Agent {
  return new Agent({ connect: { ca }, headersTimeout: 200, bodyTimeout: 200 });
}

/** How many have each outcome. */
export function tally(outcomes: ReadonlyMap<string, string>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const outcome of outcomes.values()) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}
