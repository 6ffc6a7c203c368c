import type { ImportLine, ResourceRecord } from '../../src/inventory/index.ts';
import { randomFrom } from './random.ts';

/** How many different values there are of what rules look at. */
export const variety = { sites: 800, models: 300, programs: 2_000, builds: 12, users: 40_000 };

/** The devices of a site of `count`, five inventory rows each; the same count gives the same devices. */
export async function* siteLines(count: number): AsyncGenerator<ImportLine> {
  const random = randomFrom(1);
  for (let index = 0; index < count; index += 1) yield { line: index + 1, record: siteDevice(index, random) };
}

/**
 * The same devices as NDJSON, in pieces of 500 lines.
 * @param changedPercent so many of a hundred devices have other values in most of what rules look at
 */
export function* siteFile(count: number, changedPercent = 0): Generator<Buffer> {
  const random = randomFrom(1);
  let piece: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const device = siteDevice(index, random);
    const isChanged = index % 100 < changedPercent;
    piece.push(JSON.stringify(isChanged ? siteDevice(index, randomFrom(index + 2)) : device));
    if (piece.length < 500 && index + 1 < count) continue;
    yield Buffer.from(`${piece.join('\n')}\n`);
    piece = [];
  }
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
