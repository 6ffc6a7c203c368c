import type { PropertyType, ResourceType } from '../store/index.ts';

/** A class that ConfigMgr's provider has and that is therefore known before any inventory brings it. */
export interface StandardClass {
  name: string;
  resourceType: ResourceType;
  kind: 'resource' | 'inventory';
  properties: Record<string, { type: PropertyType; isArray: boolean }>;
}

const text = { type: 'string', isArray: false } as const;
const texts = { type: 'string', isArray: true } as const;
const integer = { type: 'integer', isArray: false } as const;

/** The properties that Rollcall itself fills from a record's head, whatever the source names. */
export const essentialClasses: readonly StandardClass[] = [
  {
    name: 'SMS_R_System',
    resourceType: 'device',
    kind: 'resource',
    properties: {
      ResourceID: integer,
      ResourceType: integer,
      Name: text,
      NetbiosName: text,
      AADDeviceID: text,
      SystemOUName: texts,
      SystemGroupName: texts,
    },
  },
  {
    name: 'SMS_R_User',
    resourceType: 'user',
    kind: 'resource',
    properties: {
      ResourceID: integer,
      ResourceType: integer,
      Name: text,
      UniqueUserName: text,
      UserPrincipalName: text,
      AADUserID: text,
      UserOUName: texts,
      UserGroupName: texts,
    },
  },
];
