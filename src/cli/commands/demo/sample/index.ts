// The sample site: an invented company's people and machines, as its inventory and as Entra have them.
import { entraDevices } from './entra-devices.ts';
import { deviceRecord } from './inventory.ts';
import { inventMachines } from './machines.ts';
import { entraUser, inventGuests, inventPeople, userRecord } from './people.ts';
import { seeded } from './random.ts';
import type { EntraDevice, EntraUser, SampleRecord } from './record.ts';

export { type CollectionPlan, sampleCollections } from './collections.ts';
export { sampleGroups } from './groups.ts';
export type { SampleRecord } from './record.ts';

/** The site as it is handed out: to the inventory, and to the emulated tenant. */
export interface SampleSite {
  records: SampleRecord[];
  entraUsers: EntraUser[];
  entraDevices: EntraDevice[];
}

/** Invents the site: about 2,000 devices and 500 users, the same every time but for dates, which end `now`. */
export function sampleSite(now: Date): SampleSite {
  const random = seeded(20_240_501);
  const people = inventPeople(500, random);
  const machines = inventMachines(2_000, people, random);
  return {
    records: [...people.map(userRecord), ...machines.map(machine => deviceRecord(machine, now, random))],
    entraUsers: [...people.flatMap(entraUser), ...inventGuests(14, random)],
    entraDevices: machines.flatMap(machine => entraDevices(machine, now, random)),
  };
}
