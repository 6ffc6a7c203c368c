import type { Tenant } from '../tenant/tenant.ts';
import type { DirectoryObject } from '../tenant/types.ts';
import { badRequest, resourceNotFound, unreadable } from './errors.ts';

/** The most references that one request may change. [group-post-members.md, Example 2] */
const mostLinks = 20;

const guid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Throws Graph's refusal of a key that has not the form of an object id. */
export function needGuid(id: string): void {
  if (!guid.test(id)) throw badRequest(`Invalid object identifier '${id}'.`);
}

/** The object behind an address such as `https://graph…/v1.0/directoryObjects/{id}`; 404 where it does not exist. */
export function resolveReference(tenant: Tenant, address: unknown): DirectoryObject {
  if (typeof address !== 'string' || !/^https?:\/\//i.test(address)) {
    throw unreadable('The format of value for an entity reference is invalid: an absolute URI is expected.');
  }
  const path = new URL(address).pathname.split('/').filter(Boolean).map(decodeURIComponent);
  const key = path.at(-1) ?? '';
  const set = path.at(-2) ?? '';
  if (!['directoryObjects', 'users', 'devices', 'groups', 'servicePrincipals', 'contacts'].includes(set)) {
    throw badRequest(`Invalid URL format specified in @odata.id for '${address}'.`);
  }
  const object =
    tenant.directory.object(key) ?? (set === 'users' ? tenant.directory.byKey('user', key) : undefined);
  if (!object) throw resourceNotFound(key);
  return object;
}

/** The objects that a `…@odata.bind` names: at most 20, each of which must exist. */
export function resolveBindings(tenant: Tenant, value: unknown): DirectoryObject[] {
  if (!Array.isArray(value))
    throw unreadable("The value of an '@odata.bind' annotation must be a list of addresses.");
  checkLinkCount(value.length);
  return value.map(address => resolveReference(tenant, address));
}

/** Throws Graph's refusal of too many references in one request. */
export function checkLinkCount(count: number): void {
  if (count > mostLinks) throw badRequest(`A resource cannot contain more than ${mostLinks} link changes.`);
}
