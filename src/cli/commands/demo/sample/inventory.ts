import { domain, ouLevels } from './company.ts';
import type { Machine } from './machines.ts';
import type { Random } from './random.ts';
import type { SampleRecord } from './record.ts';

const day = 86_400_000;

/** What hardware inventory calls each kind of case (Win32_SystemEnclosure.ChassisTypes). */
const chassis = { laptop: '10', desktop: '3', kiosk: '35', server: '23' } as const;

const everywhere = [
  {
    DisplayName: 'Microsoft 365 Apps for enterprise - en-us',
    Publisher: 'Microsoft Corporation',
    Version: '16.0.18025.20160',
  },
  { DisplayName: 'Microsoft Edge', Publisher: 'Microsoft Corporation', Version: '131.0.2903.63' },
] as const;

const often = [
  { DisplayName: 'Google Chrome', Publisher: 'Google LLC', Version: '131.0.6778.86', part: 0.7 },
  { DisplayName: '7-Zip 24.08 (x64)', Publisher: 'Igor Pavlov', Version: '24.08', part: 0.55 },
  { DisplayName: 'VLC media player', Publisher: 'VideoLAN', Version: '3.0.21', part: 0.25 },
  { DisplayName: 'Notepad++ (64-bit x64)', Publisher: 'Notepad++ Team', Version: '8.7.1', part: 0.35 },
  {
    DisplayName: 'Zoom Workplace (64-bit)',
    Publisher: 'Zoom Video Communications, Inc.',
    Version: '6.2.51261',
    part: 0.4,
  },
] as const;

/** A machine as a device of the inventory, `now` being when hardware inventory reported. */
export function deviceRecord(machine: Machine, now: Date, random: Random): SampleRecord {
  const { office, role, model, build, owner } = machine;
  const server = role === 'server';
  const seen = new Date(now.getTime() - machine.idleDays * day).toISOString();
  const ou = server ? ['SERVERS', office.city] : ['DEVICES', office.city, `${role}s`];
  return {
    type: 'device',
    name: machine.name,
    externalId: machine.externalId,
    entraDeviceId: machine.deviceId,
    properties: {
      OperatingSystemNameandVersion: `Microsoft Windows NT ${server ? 'Advanced Server' : 'Workstation'} 10.0`,
      Build: build,
      Active: 1,
      Client: 1,
      ClientVersion: '5.00.9132.1011',
      ADSiteName: office.city,
      ResourceDomainORWorkgroup: domain.netbios,
      FullDomainName: domain.dns.toUpperCase(),
      ResourceNames: [`${machine.name}.${domain.dns}`.toLowerCase()],
      SystemOUName: ouLevels(...ou),
      SystemGroupName: [
        `${domain.netbios}\\Domain Computers`,
        ...(owner ? [`${domain.netbios}\\${owner.department.name} Devices`] : []),
      ],
      IPAddresses: [machine.address],
      IPSubnets: [machine.address.replace(/\.\d+$/, '.0')],
      MACAddresses: [machine.mac],
      IsVirtualMachine: model.virtual === true,
      LastLogonTimestamp: seen,
      ...(owner ? { LastLogonUserName: owner.account, LastLogonUserDomain: domain.netbios } : {}),
    },
    inventory: {
      SMS_G_System_COMPUTER_SYSTEM: [
        {
          Name: machine.name,
          Manufacturer: model.manufacturer,
          Model: model.model,
          Domain: domain.dns,
          ...(owner ? { UserName: `${domain.netbios}\\${owner.account}` } : {}),
        },
      ],
      SMS_G_System_OPERATING_SYSTEM: [
        {
          Caption: captionOf(machine),
          Version: build,
          BuildNumber: build.replace('10.0.', ''),
          OSArchitecture: '64-bit',
        },
      ],
      SMS_G_System_SYSTEM_ENCLOSURE: [{ ChassisTypes: chassis[role], SerialNumber: machine.serial }],
      SMS_G_System_X86_PC_MEMORY: [{ TotalPhysicalMemory: machine.memoryGb * 1024 * 1024 }],
      SMS_G_System_ADD_REMOVE_PROGRAMS: programsOf(machine, random),
    },
  };
}

function captionOf({ role, build }: Machine): string {
  if (role === 'server') {
    const years: Record<string, string> = {
      '10.0.17763': '2019',
      '10.0.20348': '2022',
      '10.0.26100': '2025',
    };
    return `Microsoft Windows Server ${years[build] ?? '2022'} Standard`;
  }
  return `Microsoft Windows ${build >= '10.0.22000' ? 11 : 10} Enterprise${role === 'kiosk' ? ' LTSC' : ''}`;
}

function programsOf({ role, owner }: Machine, random: Random) {
  if (role === 'server')
    return [
      {
        DisplayName: 'Azure Connected Machine Agent',
        Publisher: 'Microsoft Corporation',
        Version: '1.47.02788.2069',
      },
    ];
  const chosen = often.filter(({ part }) => role !== 'kiosk' && random.chance(part));
  const own =
    owner && random.chance(0.85)
      ? [{ DisplayName: owner.department.program, Publisher: owner.department.publisher, Version: '1.0' }]
      : [];
  return [...everywhere, ...chosen.map(({ part: _, ...program }) => program), ...own];
}
