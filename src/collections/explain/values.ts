import { fold } from '../../base/index.ts';
import type { ResourceDetail, Scalar } from '../../inventory/index.ts';

/** What a resource holds of a property: nothing, a value, or one for each row or element. */
export interface FoundValue {
  class: string;
  property: string;
  values: Scalar[];
}

/** The values of some properties of a resource, as its source gave them. */
export function valuesFound(
  resource: ResourceDetail,
  properties: readonly { class: string; property: string }[],
): FoundValue[] {
  return properties.map(({ class: owner, property }) => ({
    class: owner,
    property,
    values: /^sms_r_/i.test(owner) ? ownValues(resource, property) : rowValues(resource, owner, property),
  }));
}

function ownValues(resource: ResourceDetail, property: string): Scalar[] {
  const given = byName(resource.properties, property);
  if (Array.isArray(given)) return given;
  if (given !== undefined && given !== null) return [given];
  const value = alwaysThere(resource, fold(property));
  return value === null ? [] : [value];
}

/** Properties that every resource has by itself (inventory/resource-row.ts). */
function alwaysThere(resource: ResourceDetail, property: string): Scalar | null {
  switch (property) {
    case 'name':
    case 'netbiosname':
    case 'uniqueusername':
      return resource.name;
    case 'aaddeviceid':
      return resource.entraDeviceId;
    case 'aaduserid':
      return resource.entraUserId;
    case 'userprincipalname':
      return resource.userPrincipalName;
    default:
      return null;
  }
}

function rowValues(resource: ResourceDetail, owner: string, property: string): Scalar[] {
  const rows = byName(resource.inventory, owner) ?? [];
  return rows.flatMap(row => byName(row, property) ?? []);
}

function byName<T>(record: Record<string, T>, name: string): T | undefined {
  const exact = record[name];
  if (exact !== undefined) return exact;
  const key = fold(name);
  return Object.entries(record).find(([other]) => fold(other) === key)?.[1];
}
