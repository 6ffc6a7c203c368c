import type { EntraObject } from '../../directory/index.ts';
import type { EntraRecord } from '../../inventory/index.ts';
import type { EntraObjectTable } from '../../store/index.ts';

// What a resource bears that only Entra knows: ConfigMgr's own properties of discovered devices and users
// (facts: Entra discovery), and Entra's under names of their own.

/** The properties of an object that only a resource needs, in the order in which they are kept. */
const extras = [
  'operatingSystem',
  'operatingSystemVersion',
  'isManaged',
  'isCompliant',
  'mail',
  'department',
  'userType',
  'onPremisesSamAccountName',
  'onPremisesDomainName',
  'onPremisesDistinguishedName',
] as const;

type Extras = Partial<Record<(typeof extras)[number], string | boolean>>;

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** As long as names and keys of the inventory may be. */
const longest = 256;

/** Keeps what an item tells; what it does not name stays. JSON that is the same for the same values. */
export function mergeExtras(before: string | null, object: EntraObject): string {
  // Written by this function alone.
  const kept = before === null ? {} : (JSON.parse(before) as Extras);
  const merged = extras.flatMap(name => {
    const value = object[name] === undefined ? kept[name] : object[name];
    return value === undefined || value === null ? [] : [[name, value] as const];
  });
  return JSON.stringify(Object.fromEntries(merged));
}

/** The columns of an object that its resource is made from. */
export type ObjectOfResource = Pick<
  EntraObjectTable,
  | 'object_id'
  | 'kind'
  | 'display_name'
  | 'device_id'
  | 'trust_type'
  | 'user_principal_name'
  | 'on_premises_sid'
  | 'account_enabled'
  | 'properties'
>;

/**
 * The resource of a device or user that only Entra knows; a value that Entra lacks is null and so cleared.
 * @param tenantId id of the tenant, or one of its domains, which no property bears
 */
export function entraRecord(object: ObjectOfResource, tenantId: string): EntraRecord {
  const more = JSON.parse(object.properties ?? '{}') as Extras;
  const enabled = object.account_enabled === null ? null : object.account_enabled === 1;
  const shared = { AADTenantID: guid.test(tenantId) ? tenantId : null, EntraAccountEnabled: enabled };
  if (object.kind === 'device') {
    const { operatingSystem, operatingSystemVersion: version } = more;
    const system = [operatingSystem, version].filter(part => part !== undefined).join(' ');
    return {
      type: 'device',
      name: nameOf(object.display_name, object.device_id ?? object.object_id),
      entraDeviceId: object.device_id,
      properties: {
        ...shared,
        OperatingSystemNameandVersion: system === '' ? null : system,
        EntraTrustType: object.trust_type,
        EntraIsManaged: more.isManaged ?? null,
        EntraIsCompliant: more.isCompliant ?? null,
      },
    };
  }
  const { onPremisesSamAccountName: account, onPremisesDomainName: domain } = more;
  return {
    type: 'user',
    name: nameOf(object.user_principal_name, object.object_id),
    entraUserId: object.object_id,
    userPrincipalName: fitting(object.user_principal_name),
    onPremisesSid: fitting(object.on_premises_sid),
    properties: {
      ...shared,
      FullUserName: object.display_name,
      Mail: more.mail ?? null,
      Department: more.department ?? null,
      UserName: account ?? null,
      FullDomainName: domain ?? null,
      DistinguishedName: more.onPremisesDistinguishedName ?? null,
      SID: object.on_premises_sid,
      EntraUserType: more.userType ?? null,
    },
  };
}

function nameOf(name: string | null, otherwise: string): string {
  const text = name?.trim() ?? '';
  return (text === '' ? otherwise : text).slice(0, longest);
}

/** A key that is too long for the inventory finds nothing, so it is left out. */
function fitting(key: string | null): string | null {
  return key !== null && key.length <= longest ? key : null;
}
