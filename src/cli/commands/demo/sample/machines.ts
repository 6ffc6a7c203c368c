import { domain, type Office, offices } from './company.ts';
import type { Person } from './people.ts';
import type { Random } from './random.ts';

/** What a machine is for, which says much of the rest. */
export type Role = 'laptop' | 'desktop' | 'kiosk' | 'server';

export interface Model {
  manufacturer: string;
  model: string;
  memoryGb: readonly [number, ...number[]];
  virtual?: boolean;
}

/** A machine of the company. */
export interface Machine {
  name: string;
  role: Role;
  office: Office;
  owner: Person | null;
  model: Model;
  memoryGb: number;
  serial: string;
  /** Version of Windows: 10.0.26100 and the like. */
  build: string;
  address: string;
  mac: string;
  /** Days since somebody signed in. */
  idleDays: number;
  /** The deviceId that Windows has now; also the computer account's objectGUID. */
  deviceId: string;
  externalId: string;
}

const models: Record<Role, readonly [Model, ...Model[]]> = {
  laptop: [
    { manufacturer: 'LENOVO', model: 'ThinkPad T14 Gen 5', memoryGb: [16, 32] },
    { manufacturer: 'LENOVO', model: 'ThinkPad X1 Carbon Gen 12', memoryGb: [32] },
    { manufacturer: 'Dell Inc.', model: 'Latitude 5450', memoryGb: [16, 32] },
    { manufacturer: 'Dell Inc.', model: 'Latitude 5400', memoryGb: [8, 16] },
    { manufacturer: 'HP', model: 'HP EliteBook 840 14 inch G11', memoryGb: [16, 32] },
    { manufacturer: 'Microsoft Corporation', model: 'Surface Laptop 6', memoryGb: [16, 32] },
  ],
  desktop: [
    { manufacturer: 'Dell Inc.', model: 'OptiPlex 7020', memoryGb: [16, 32] },
    { manufacturer: 'HP', model: 'HP Z2 Tower G9', memoryGb: [32, 64] },
    { manufacturer: 'LENOVO', model: 'ThinkCentre M70q', memoryGb: [8, 16] },
  ],
  kiosk: [{ manufacturer: 'HP', model: 'HP Engage Flex Mini', memoryGb: [8] }],
  server: [
    { manufacturer: 'VMware, Inc.', model: 'VMware20,1', memoryGb: [16, 32, 64], virtual: true },
    { manufacturer: 'Dell Inc.', model: 'PowerEdge R760', memoryGb: [128, 256] },
  ],
};

interface Build {
  version: string;
  weight: number;
}

const builds: Record<Role, readonly [Build, ...Build[]]> = {
  laptop: [
    { version: '10.0.26100', weight: 45 },
    { version: '10.0.22631', weight: 40 },
    { version: '10.0.19045', weight: 15 },
  ],
  desktop: [
    { version: '10.0.26100', weight: 25 },
    { version: '10.0.22631', weight: 40 },
    { version: '10.0.19045', weight: 35 },
  ],
  kiosk: [
    { version: '10.0.19044', weight: 70 },
    { version: '10.0.26100', weight: 30 },
  ],
  server: [
    { version: '10.0.20348', weight: 60 },
    { version: '10.0.17763', weight: 25 },
    { version: '10.0.26100', weight: 15 },
  ],
};

const letters: Record<Role, string> = { laptop: 'L', desktop: 'D', kiosk: 'K', server: 'S' };

/** Invents machines: people have a laptop first, then a desktop; kiosks and servers are nobody's. */
export function inventMachines(count: number, people: readonly Person[], random: Random): Machine[] {
  const numbers = new Map<string, number>();
  return Array.from({ length: count }, (_, i) => {
    const role: Role =
      i < count * 0.58 ? 'laptop' : i < count * 0.88 ? 'desktop' : i < count * 0.95 ? 'kiosk' : 'server';
    const owned = role === 'laptop' || role === 'desktop';
    const owner = owned ? (people[i % people.length] ?? null) : null;
    const office = owner?.office ?? random.pick(offices);
    const prefix = `${office.code}-${letters[role]}`;
    const number = (numbers.get(prefix) ?? 0) + 1;
    numbers.set(prefix, number);
    const model = random.pick(models[role]);
    return {
      name: `${prefix}-${String(number).padStart(4, '0')}`,
      role,
      office,
      owner,
      model,
      memoryGb: random.pick(model.memoryGb),
      serial: serialOf(random),
      build: random.weighted(builds[role]).version,
      address: `${office.subnet}.${random.whole(1, 30)}.${random.whole(2, 254)}`,
      mac: Array.from({ length: 6 }, () =>
        random.whole(0, 255).toString(16).padStart(2, '0').toUpperCase(),
      ).join(':'),
      idleDays: random.chance(0.9) ? random.whole(0, 13) : random.whole(14, 120),
      deviceId: random.uuid(),
      externalId: `${domain.netbios}-GUID:${random.uuid().toUpperCase()}`,
    };
  });
}

function serialOf(random: Random): string {
  return Array.from({ length: 8 }, () =>
    random.pick(['B', 'C', 'D', 'F', 'G', 'H', '2', '3', '5', '7', '9']),
  ).join('');
}
