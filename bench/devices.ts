import { createHash } from 'node:crypto';

const models = ['Latitude 5440', 'EliteBook 840 G10', 'ThinkPad T14 Gen 4', 'Surface Pro 9', 'OptiPlex 7010'];
const makers = ['Dell Inc.', 'HP', 'LENOVO', 'Microsoft Corporation', 'Dell Inc.'];
const programs = [
  'Microsoft Edge',
  'Google Chrome',
  'Adobe Acrobat',
  '7-Zip',
  'Notepad++',
  'Visual Studio Code',
];

/**
 * NDJSON of devices with five inventory rows each, in pieces of 500 lines; the same arguments give the same devices.
 * With `changedPercent`, so many of a hundred devices have another memory size and last boot than without.
 */
export function* deviceLines(count: number, changedPercent = 0): Generator<Buffer> {
  let piece: string[] = [];
  for (let index = 0; index < count; index += 1) {
    piece.push(JSON.stringify(device(index, index % 100 < changedPercent)));
    if (piece.length < 500) continue;
    yield Buffer.from(`${piece.join('\n')}\n`);
    piece = [];
  }
  if (piece.length > 0) yield Buffer.from(`${piece.join('\n')}\n`);
}

function device(index: number, changed: boolean): object {
  const hash = createHash('md5').update(String(index)).digest('hex');
  const guid = hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  const pick = (list: readonly string[], salt: number) =>
    list[Number.parseInt(hash.slice(salt, salt + 4), 16) % list.length];
  const day = String(1 + (index % 28)).padStart(2, '0');
  return {
    type: 'device',
    name: `PC-${String(index).padStart(7, '0')}`,
    externalId: `bench-${index}`,
    entraDeviceId: guid,
    properties: {
      OperatingSystemNameandVersion: `Microsoft Windows NT Workstation 10.0 (${index % 7})`,
      Client: 1,
      LastLogonUserName: `user${index % 50_000}`,
    },
    inventory: {
      SMS_G_System_COMPUTER_SYSTEM: [
        { Manufacturer: pick(makers, 0), Model: pick(models, 4), TotalPhysicalMemory: changed ? 32 : 16 },
      ],
      SMS_G_System_OPERATING_SYSTEM: [
        {
          Caption: 'Microsoft Windows 11 Enterprise',
          Version: `10.0.22${index % 1000}`,
          LastBootUpTime: `2026-${changed ? '11' : '10'}-${day}T08:00:00Z`,
        },
      ],
      SMS_G_System_ADD_REMOVE_PROGRAMS: [0, 1].map(one => ({
        DisplayName: pick(programs, 8 + 4 * one),
        Version: `${one}.${index % 40}`,
        Publisher: 'A publisher',
      })),
      SMS_G_System_LOGICAL_DISK: [{ Name: 'C:', Size: 475_000, FreeSpace: (index * 37) % 475_000 }],
    },
  };
}
