import { variety } from './devices.ts';

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
