import type { ClassDefinition, TestResource } from './site.ts';

/** Classes of a small inventory that has every type of value. */
export const smallClasses: Record<string, ClassDefinition> = {
  SMS_R_System: {
    properties: {
      Name: 'string',
      Client: 'integer',
      IsVirtualMachine: 'boolean',
      CreationDate: 'datetime',
      Build: 'string',
      SystemOUName: 'string[]',
      AgentTime: 'datetime[]',
    },
  },
  SMS_R_User: { properties: { Name: 'string', UniqueUserName: 'string', UserGroupName: 'string[]' } },
  SMS_G_System_SOFTWARE: {
    properties: { DisplayName: 'string', Version: 'string', Size: 'integer', InstallDate: 'string' },
  },
  SMS_G_System_STATUS: { properties: { LastHardwareScan: 'datetime', Score: 'real', Owner: 'string' } },
};

/** Devices 1 to 6 and users 11 and 12. */
export const smallResources: TestResource[] = [
  {
    id: 1,
    rows: {
      SMS_R_System: [
        {
          Name: 'MÜNCHEN-01',
          Client: 1,
          IsVirtualMachine: true,
          CreationDate: '2026-02-28T23:30:00Z',
          Build: '10.0.19045',
          SystemOUName: ['CONTOSO/PCS', 'CONTOSO/PCS/Süd'],
          AgentTime: ['2026-01-01T00:00:00Z', '2026-02-28T00:00:00Z'],
        },
      ],
      SMS_G_System_SOFTWARE: [
        { DisplayName: 'Acrobat Reader', Version: '9.1', Size: 100, InstallDate: '20260215' },
        { DisplayName: 'Visio', Version: '16.0', Size: null, InstallDate: '2/20/2026' },
      ],
      SMS_G_System_STATUS: [{ LastHardwareScan: '2026-01-31T10:00:00Z', Score: 1.5, Owner: 'ann' }],
    },
  },
  {
    id: 2,
    rows: {
      SMS_R_System: [
        {
          Name: 'Berlin 100%_x',
          Client: 0,
          IsVirtualMachine: false,
          CreationDate: '2024-02-29T12:00:00Z',
          Build: '10.0.9600',
          SystemOUName: ['CONTOSO/SERVERS'],
          AgentTime: [],
        },
      ],
      SMS_G_System_SOFTWARE: [
        { DisplayName: 'acrobat reader', Version: '10.0', Size: 200, InstallDate: 'unknown' },
      ],
      SMS_G_System_STATUS: [{ LastHardwareScan: null, Score: 10, Owner: '42' }],
    },
  },
  {
    id: 3,
    rows: {
      SMS_R_System: [
        { Name: 'paris', Client: null, IsVirtualMachine: null, CreationDate: null, Build: null },
      ],
    },
  },
  {
    id: 4,
    rows: {
      SMS_R_System: [
        {
          Name: "O'Brien [test]",
          Client: 1,
          IsVirtualMachine: false,
          Build: '7',
          SystemOUName: ['FABRIKAM'],
        },
      ],
      SMS_G_System_SOFTWARE: [{ DisplayName: null, Version: null, Size: 300, InstallDate: null }],
      SMS_G_System_STATUS: [
        { LastHardwareScan: '2026-03-01T11:00:00Z', Score: -2, Owner: 'Bob' },
        { LastHardwareScan: '2025-12-31T23:59:59Z', Score: null, Owner: null },
      ],
    },
  },
  { id: 5, rows: { SMS_R_System: [{ Name: 'PARIS', Client: 3, Build: '' }] } },
  { id: 6, rows: { SMS_R_System: [{ Name: 'Tab\tand\\slash', Build: 'true' }] } },
  {
    id: 11,
    type: 'user',
    rows: {
      SMS_R_User: [
        { Name: 'Ann', UniqueUserName: 'CONTOSO\\ann', UserGroupName: ['CONTOSO\\HR', 'CONTOSO\\All'] },
      ],
    },
  },
  { id: 12, type: 'user', rows: { SMS_R_User: [{ Name: 'Bob', UniqueUserName: 'CONTOSO\\bob' }] } },
];
