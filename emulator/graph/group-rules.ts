import type { Tenant } from '../tenant/tenant.ts';
import type { DirectoryObject, ObjectKind } from '../tenant/types.ts';
import { badRequest, denied, resourceNotFound } from './errors.ts';
import { needGuid } from './references.ts';

// Which groups Graph changes, and what may be in them. [resources/groups-overview.md]

const securityMembers: readonly ObjectKind[] = ['user', 'device', 'group', 'servicePrincipal', 'orgContact'];

/** Throws where a group can't be changed through Graph at all. */
export function needChangeable(group: DirectoryObject<'group'>): void {
  const { mailEnabled, groupTypes, onPremisesSyncEnabled } = group.properties;
  if (onPremisesSyncEnabled) {
    throw badRequest(
      'Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.',
    );
  }
  if (mailEnabled && !groupTypes?.includes('Unified')) {
    throw badRequest('Cannot Update a mail-enabled security groups and or distribution list.');
  }
}

/** Throws where a group's members can't be changed. That a rule keeps them is told as a lack of privileges (inference). */
export function needAssigned(group: DirectoryObject<'group'>): void {
  needChangeable(group);
  if (group.properties.groupTypes?.includes('DynamicMembership')) throw denied();
}

/** Throws where an object of this kind may not be in this group. */
export function needFits(group: DirectoryObject<'group'>, object: DirectoryObject): void {
  const unified = group.properties.groupTypes?.includes('Unified');
  const fits = unified
    ? object.kind === 'user'
    : securityMembers.includes(object.kind) &&
      !(object.kind === 'group' && object.properties.groupTypes?.includes('Unified'));
  const roles = group.properties.isAssignableToRole && object.kind === 'group';
  if (!fits || roles || object.id === group.id) {
    throw badRequest("An invalid operation was included in the following modified references: 'members'.");
  }
}

/** Throws where one of the objects is in the list already, or is named twice. */
export function needAbsent(
  tenant: Tenant,
  list: 'members' | 'owners',
  groupId: string,
  objects: readonly DirectoryObject[],
): void {
  const present = tenant.directory.linked(list, groupId);
  const twice = new Set(objects.map(object => object.id)).size < objects.length;
  if (twice || objects.some(object => present.has(object.id))) {
    throw badRequest(
      `One or more added object references already exist for the following modified properties: '${list}'.`,
    );
  }
}

/** The group with this id; 404 where there is none. */
export function findGroup(tenant: Tenant, id: string): DirectoryObject<'group'> {
  needGuid(id);
  const group = tenant.directory.get('group', id);
  if (!group) throw resourceNotFound(id);
  return group;
}
