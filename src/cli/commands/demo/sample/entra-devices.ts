import type { Machine } from './machines.ts';
import type { Random } from './random.ts';
import type { EntraDevice } from './record.ts';

const day = 86_400_000;

/**
 * A machine as Entra has it: not at all, once, or several times. Servers are not joined, a few clients have not
 * registered yet; some were set up anew and left a stale object of the same name; some were registered by their
 * owner before the company joined them.
 */
export function entraDevices(machine: Machine, now: Date, random: Random): EntraDevice[] {
  if (machine.role === 'server' || random.chance(0.03)) return [];
  const lastSeen = new Date(now.getTime() - machine.idleDays * day).toISOString();
  const common = {
    displayName: machine.name,
    operatingSystem: 'Windows',
    operatingSystemVersion: `${machine.build}.2314`,
    accountEnabled: true,
    approximateLastSignInDateTime: lastSeen,
  };
  const trustType = machine.role === 'laptop' ? 'AzureAd' : 'ServerAd';
  const objects: EntraDevice[] = [{ ...common, id: random.uuid(), deviceId: machine.deviceId, trustType }];
  if (random.chance(0.02)) {
    const long = new Date(now.getTime() - 200 * day).toISOString();
    const stale = { ...common, id: random.uuid(), deviceId: random.uuid(), trustType } as const;
    objects.push({ ...stale, approximateLastSignInDateTime: long });
  }
  if (random.chance(0.02)) {
    objects.push({ ...common, id: random.uuid(), deviceId: random.uuid(), trustType: 'Workplace' });
  }
  return objects;
}
