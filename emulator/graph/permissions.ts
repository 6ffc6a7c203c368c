import type { Tenant } from '../tenant/tenant.ts';
import type { DirectoryObject, ObjectKind } from '../tenant/types.ts';
import type { Caller } from './caller.ts';
import { denied } from './errors.ts';

// Which permissions open what, from the permission tables of the API pages. One of a list is enough.

const directoryRead = ['Directory.Read.All', 'Directory.ReadWrite.All'];

/** Permissions to read objects of a kind. */
export const readers: Record<ObjectKind, readonly string[]> = {
  user: ['User.Read.All', 'User.ReadWrite.All', 'User.ReadBasic.All', ...directoryRead],
  device: ['Device.Read.All', 'Device.ReadWrite.All', ...directoryRead],
  group: [
    'Group.Read.All',
    'Group.ReadWrite.All',
    'GroupMember.Read.All',
    'GroupMember.ReadWrite.All',
    ...directoryRead,
  ],
  servicePrincipal: ['Application.Read.All', 'Application.ReadWrite.All', ...directoryRead],
  application: ['Application.Read.All', 'Application.ReadWrite.All', ...directoryRead],
  orgContact: ['OrgContact.Read.All', ...directoryRead],
};

/** Permissions to change or delete objects of a kind. */
export const writers: Record<ObjectKind, readonly string[]> = {
  user: ['User.ReadWrite.All', 'Directory.ReadWrite.All'],
  device: ['Device.ReadWrite.All', 'Directory.ReadWrite.All'],
  group: ['Group.ReadWrite.All', 'Directory.ReadWrite.All'],
  servicePrincipal: ['Application.ReadWrite.All', 'Directory.ReadWrite.All'],
  application: ['Application.ReadWrite.All', 'Directory.ReadWrite.All'],
  orgContact: [],
};

/** Permissions to create groups. [group-post-groups.md] */
export const creators: readonly string[] = ['Group.Create', 'Group.ReadWrite.All', 'Directory.ReadWrite.All'];

/** Permissions to read the organization. [organization-list.md] */
export const organizationReaders: readonly string[] = [
  'Organization.Read.All',
  'Organization.ReadWrite.All',
  'User.Read.All',
  ...directoryRead,
];

const memberWriters = ['GroupMember.ReadWrite.All', 'Group.ReadWrite.All', 'Directory.ReadWrite.All'];

/** Whether the caller has one of the permissions. */
export function may(caller: Caller, permissions: readonly string[]): boolean {
  return permissions.some(permission => caller.permissions.has(permission));
}

/** Throws 403 unless the caller has one of the permissions. */
export function need(caller: Caller, permissions: readonly string[]): void {
  if (!may(caller, permissions)) throw denied();
}

/** An app with Group.Create manages the groups that it owns. [permissions-reference.md, Group.Create] */
function isOwner(caller: Caller, tenant: Tenant, groupId: string): boolean {
  return (
    caller.permissions.has('Group.Create') && tenant.directory.linked('owners', groupId).has(caller.objectId)
  );
}

/** Throws 403 unless the caller may read this group and its members. */
export function needGroupRead(caller: Caller, tenant: Tenant, groupId: string): void {
  if (!isOwner(caller, tenant, groupId)) need(caller, readers.group);
}

/** Throws 403 unless the caller may change or delete this group itself. */
export function needGroupWrite(caller: Caller, tenant: Tenant, group: DirectoryObject<'group'>): void {
  needRole(caller, group);
  if (!isOwner(caller, tenant, group.id)) need(caller, writers.group);
}

/** Throws 403 unless the caller may change the members of this group. */
export function needMemberWrite(caller: Caller, tenant: Tenant, group: DirectoryObject<'group'>): void {
  needRole(caller, group);
  if (!isOwner(caller, tenant, group.id)) need(caller, memberWriters);
}

/**
 * Throws 403 unless the caller may put an object of this kind into a group: for devices the documentation asks for
 * Device.ReadWrite.All; an owner needs to be able to read what it adds. [group-post-members.md, group-post-groups.md]
 */
export function needMemberKind(
  caller: Caller,
  tenant: Tenant,
  groupId: string,
  object: DirectoryObject,
): void {
  if (isOwner(caller, tenant, groupId)) {
    if (object.id !== caller.objectId) need(caller, readers[object.kind]);
  } else if (object.kind === 'device') {
    need(caller, writers.device);
  }
}

function needRole(caller: Caller, group: DirectoryObject<'group'>): void {
  if (group.properties.isAssignableToRole) need(caller, ['RoleManagement.ReadWrite.Directory']);
}
