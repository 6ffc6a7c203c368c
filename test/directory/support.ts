import { Agent } from 'undici';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../emulator/index.ts';
import type { Clock } from '../../src/base/index.ts';
import {
  type Directory,
  type DirectoryOptions,
  type MemberOutcome,
  openDirectory,
  type Secrets,
  type Tenant,
} from '../../src/directory/index.ts';
import { type Credential, SealedCredential } from '../../src/directory/tenant/credential.ts';

/** A clock on which waits pass `speed` times faster; client and emulator read the same one. */
export function fastClock(speed: number): Clock {
  const start = Date.now();
  const now = () => new Date(start + (performance.now() - zero) * speed);
  const zero = performance.now();
  return {
    now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const abort = () => {
          clearTimeout(timer);
          reject(signal?.reason);
        };
        const timer = setTimeout(() => {
          signal?.removeEventListener('abort', abort);
          resolve();
        }, ms / speed);
        signal?.addEventListener('abort', abort, { once: true });
      }),
  };
}

/** Seals nothing: for tests that are about something else. */
export const plainSecrets: Secrets = { seal: text => text, open: sealed => sealed };

/** The tenant of an emulator as Rollcall would have it stored. */
export function tenantOf(emulator: Emulator, credential?: Credential, changes: Partial<Tenant> = {}): Tenant {
  const used: Credential = credential ?? { kind: 'client-secret', secret: emulator.credentials.clientSecret };
  return {
    id: 1,
    name: 'Emulated',
    tenantId: emulator.credentials.tenantId,
    clientId: emulator.credentials.clientId,
    cloud: 'custom',
    loginUrl: emulator.loginUrl,
    graphUrl: emulator.graphUrl,
    ca: emulator.caPem,
    credentialKind: used.kind,
    credential: SealedCredential.seal(used, plainSecrets),
    groupSync: true,
    discovery: true,
    discoveryMinutes: 5,
    fullDiscoveryDays: 7,
    entraAuthenticationDisabled: false,
    maxRemovals: 500,
    maxRemovalPercent: 30,
    quotaShare: 100,
    allowRoleAssignable: false,
    entraResources: false,
    createdAt: '',
    updatedAt: '',
    ...changes,
  };
}

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
