import type { ResourceType } from '../../../../api/index.ts';

/** A collection of the sample site, with its rules in the words of the API. */
export interface CollectionPlan {
  name: string;
  type: ResourceType;
  comment: string;
  limitTo?: string;
  direct?: readonly string[];
  query?: string;
  include?: readonly string[];
  exclude?: readonly string[];
  /** The group that it is mapped to. */
  group?: string;
}

/** Collections of every kind of rule, those first on which others build. Half of them feed a group. */
export const sampleCollections: readonly CollectionPlan[] = [
  {
    name: 'Windows clients',
    type: 'device',
    comment: 'Everything that people work on',
    query:
      "select * from SMS_R_System where OperatingSystemNameandVersion like 'Microsoft Windows NT Workstation%'",
  },
  {
    name: 'Servers',
    type: 'device',
    comment: 'Never a target of client policies',
    query: "select * from SMS_R_System where OperatingSystemNameandVersion like '%Server%'",
  },
  {
    name: 'Kiosks',
    type: 'device',
    limitTo: 'Windows clients',
    comment: 'Machines in lobbies and on shop floors, by their OU',
    query: "select * from SMS_R_System where SystemOUName like 'CONTOSO.COM/DEVICES/%/KIOSKS'",
    group: 'Intune - Kiosks',
  },
  {
    name: 'Windows 11 laptops',
    type: 'device',
    limitTo: 'Windows clients',
    comment: 'Build and chassis, from hardware inventory',
    query:
      'select SMS_R_System.ResourceID, SMS_R_System.Name from SMS_R_System inner join SMS_G_System_SYSTEM_ENCLOSURE on SMS_G_System_SYSTEM_ENCLOSURE.ResourceID = SMS_R_System.ResourceID inner join SMS_G_System_OPERATING_SYSTEM on SMS_G_System_OPERATING_SYSTEM.ResourceID = SMS_R_System.ResourceID where SMS_G_System_SYSTEM_ENCLOSURE.ChassisTypes in ("8", "9", "10", "14") and SMS_G_System_OPERATING_SYSTEM.BuildNumber >= "22000"',
    group: 'Intune - Windows 11 laptops',
  },
  {
    name: 'Pilot ring',
    type: 'device',
    limitTo: 'Windows clients',
    comment: 'Volunteers, picked by hand',
    direct: [
      ...['BER-L-0003', 'BER-L-0008', 'BER-L-0012', 'BER-L-0021', 'BER-D-0004'],
      ...['MUC-L-0002', 'MUC-L-0007', 'MUC-D-0003', 'ZRH-L-0005', 'ZRH-L-0009'],
      ...['LON-L-0001', 'LON-L-0014', 'LON-D-0006', 'AUS-L-0004', 'AUS-L-0010'],
    ],
    group: 'Intune - Pilot ring',
  },
  {
    name: 'First ring',
    type: 'device',
    limitTo: 'Windows clients',
    comment: 'The pilot and a tenth of all laptops, but no kiosk',
    query: "select * from SMS_R_System where Name like '___-L-___7'",
    include: ['Pilot ring'],
    exclude: ['Kiosks'],
    group: 'Intune - First ring',
  },
  {
    name: 'Devices in Germany',
    type: 'device',
    limitTo: 'Windows clients',
    comment: 'By site of Active Directory',
    query: "select * from SMS_R_System where ADSiteName in ('Berlin', 'Munich')",
    exclude: ['Kiosks'],
    group: 'CA - Devices in Germany',
  },
  {
    name: 'Devices with Visual Studio',
    type: 'device',
    limitTo: 'Windows clients',
    comment: 'By installed software',
    query:
      'select SMS_R_System.ResourceID from SMS_R_System inner join SMS_G_System_ADD_REMOVE_PROGRAMS on SMS_G_System_ADD_REMOVE_PROGRAMS.ResourceID = SMS_R_System.ResourceID where SMS_G_System_ADD_REMOVE_PROGRAMS.DisplayName like "Microsoft Visual Studio%"',
  },
  {
    name: 'Devices with under 16 GB',
    type: 'device',
    limitTo: 'Windows clients',
    comment: 'To be replaced first; memory is in KB',
    query:
      'select SMS_R_System.ResourceID from SMS_R_System inner join SMS_G_System_X86_PC_MEMORY on SMS_G_System_X86_PC_MEMORY.ResourceID = SMS_R_System.ResourceID where SMS_G_System_X86_PC_MEMORY.TotalPhysicalMemory < 16777216',
  },
  {
    name: 'Devices not seen for 30 days',
    type: 'device',
    limitTo: 'Windows clients',
    comment: 'Changes with the calendar, not with the inventory',
    query: 'select * from SMS_R_System where DateDiff(day, SMS_R_System.LastLogonTimestamp, GetDate()) > 30',
  },
  {
    name: 'Contractors',
    type: 'user',
    comment: 'By group of Active Directory',
    query: "select * from SMS_R_User where UserGroupName = 'CONTOSO\\\\Contractors'",
  },
  {
    name: 'Employees',
    type: 'user',
    comment: 'All with a mailbox of the company, but contractors',
    query: "select * from SMS_R_User where UserPrincipalName like '%@contoso.com'",
    exclude: ['Contractors'],
    group: 'License - Microsoft 365 E3',
  },
  {
    name: 'Finance',
    type: 'user',
    comment: 'By department',
    query: "select * from SMS_R_User where Department = 'Finance'",
    group: 'CA - Finance',
  },
  {
    name: 'Finance without contractors',
    type: 'user',
    limitTo: 'Finance',
    comment: 'What the treasury application is opened for',
    include: ['Employees'],
    group: 'App - Treasury',
  },
];
