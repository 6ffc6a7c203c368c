import type { ImportLine, ResourceRecord } from '../src/inventory/index.ts';

/** Random numbers from a seed, the same on every machine (mulberry32): 0 up to, without, 1. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** How many different values there are of what rules look at. */
export const variety = { sites: 800, models: 300, programs: 2_000, builds: 12, users: 40_000 };

/** The devices of a site of `count`, five inventory rows each. */
export async function* siteLines(count: number): AsyncGenerator<ImportLine> {
  const random = randomFrom(1);
  for (let index = 0; index < count; index += 1) yield { line: index + 1, record: siteDevice(index, random) };
}

/** A device of the site; what `random` gives decides its values, `index` its name. */
export function siteDevice(index: number, random: () => number): ResourceRecord {
  // Few values are frequent and most are rare, as in a real site.
  const skewed = (most: number) => Math.floor(most * random() ** 3);
  const site = skewed(variety.sites);
  const build = skewed(variety.builds);
  const server = random() < 0.05;
  const program = () => {
    const number = skewed(variety.programs);
    return {
      DisplayName: `Application ${number}`,
      Version: `${number % 7}.${skewed(40)}`,
      Publisher: `Maker ${number % 90}`,
    };
  };
  return {
    type: 'device',
    name: `${server ? 'SRV' : 'PC'}${String(site).padStart(3, '0')}-${String(index).padStart(7, '0')}`,
    externalId: `site-${index}`,
    entraDeviceId: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    properties: {
      OperatingSystemNameandVersion: `Microsoft Windows NT ${server ? 'Server' : 'Workstation'} 10.0`,
      Build: `10.0.${19_000 + build}`,
      Client: random() < 0.97 ? 1 : 0,
      ADSiteName: `Site-${site}`,
      LastLogonUserName: `user${Math.floor(random() * variety.users)}`,
      LastLogonTimestamp: `2026-${random() < 0.01 ? '03' : '10'}-15T08:00:00Z`,
      SystemOUName: [
        `CONTOSO.COM/SITE ${site}`,
        `CONTOSO.COM/SITE ${site}/${server ? 'SERVERS' : 'CLIENTS'}`,
      ],
    },
    inventory: {
      SMS_G_System_COMPUTER_SYSTEM: [
        { Manufacturer: `Maker ${site % 9}`, Model: `Model ${skewed(variety.models)}` },
      ],
      SMS_G_System_OPERATING_SYSTEM: [
        {
          Caption: server ? 'Microsoft Windows Server 2022' : 'Microsoft Windows 11',
          BuildNumber: `${19_000 + build}`,
        },
      ],
      SMS_G_System_PC_BIOS: [{ SerialNumber: `SN${index}`, SMBIOSBIOSVersion: `1.${skewed(60)}` }],
      SMS_G_System_ADD_REMOVE_PROGRAMS: [program(), program()],
    },
  };
}

const join = (name: string) => `inner join ${name} on ${name}.ResourceId = SMS_R_System.ResourceId`;
const columns = 'select SMS_R_SYSTEM.ResourceID,SMS_R_SYSTEM.Name,SMS_R_SYSTEM.Client from SMS_R_System';
const programs = 'SMS_G_System_ADD_REMOVE_PROGRAMS';
const computer = 'SMS_G_System_COMPUTER_SYSTEM';

type Shape = (pick: (most: number) => number) => string;

/** Queries as administrators publish them, each with its share among a hundred; a few find half of all devices. */
export const queryShapes: readonly [share: number, shape: Shape][] = [
  [
    20,
    pick => `${columns} where SMS_R_System.Name like 'PC${String(pick(variety.sites)).padStart(3, '0')}-%'`,
  ],
  [
    15,
    pick => `${columns} where SMS_R_System.SystemOUName = 'CONTOSO.COM/SITE ${pick(variety.sites)}/CLIENTS'`,
  ],
  [
    12,
    pick =>
      `${columns} ${join(computer)} where ${computer}.Model = 'Model ${20 + pick(variety.models - 20)}'`,
  ],
  [
    6,
    pick =>
      `${columns} ${join(computer)} where ${computer}.Model like '%odel ${20 + pick(variety.models - 20)}'`,
  ],
  [12, pick => `${columns} where SMS_R_System.ADSiteName = 'Site-${pick(variety.sites)}'`],
  [
    12,
    pick => `${columns} ${join(programs)} where ${programs}.DisplayName = 'Application ${100 + pick(1_900)}'`,
  ],
  [
    6,
    pick =>
      `${columns} ${join(programs)} where ${programs}.DisplayName like 'Application ${100 + pick(1_900)}%' and ${programs}.Version < '3'`,
  ],
  [
    4,
    pick =>
      `${columns} ${join(programs)} where ${programs}.DisplayName like '%lication ${100 + pick(1_900)}%'`,
  ],
  [
    3,
    pick =>
      `${columns} where SMS_R_System.ADSiteName = 'Site-${pick(variety.sites)}' and SMS_R_System.ResourceId not in (select ResourceID from ${programs} where DisplayName = 'Application ${pick(40)}')`,
  ],
  [
    3,
    pick =>
      `${columns} ${join(computer)} ${join('SMS_G_System_OPERATING_SYSTEM')} where ${computer}.Model = 'Model ${pick(variety.models)}' and SMS_G_System_OPERATING_SYSTEM.BuildNumber >= '19006'`,
  ],
  [
    3,
    pick =>
      `${columns} where SMS_R_System.LastLogonUserName in ('user${pick(40_000)}', 'user${pick(40_000)}', 'user${pick(40_000)}')`,
  ],
  [2, () => `${columns} where DateDiff(day, SMS_R_System.LastLogonTimestamp, GetDate()) > 90`],
  [1, () => `${columns} where SMS_R_System.OperatingSystemNameandVersion like '%Server%'`],
  [
    1,
    pick =>
      `${columns} where SMS_R_System.OperatingSystemNameandVersion like '%Workstation 10.0%' and SMS_R_System.Client = 1 and SMS_R_System.Build = '10.0.${19_000 + pick(3)}'`,
  ],
];
