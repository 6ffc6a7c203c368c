import { Problem } from '../../base/index.ts';
import type { ResourceType } from '../../store/index.ts';
import type { GroupFacts } from '../ports.ts';

/** What is about to be put into a group, and what the tenant allows. */
export interface Intended {
  /** Types of the collections that feed the group. */
  types: readonly ResourceType[];
  allowRoleAssignable: boolean;
}

/**
 * Whether Rollcall may keep the members of a group (docs/concepts.md, "Groups"; Graph, "Working with groups").
 * @returns the problem with the first rule that forbids it, or nothing
 */
export function checkGroup(group: GroupFacts, { types, allowRoleAssignable }: Intended): Problem | undefined {
  const refuse = (code: string, what: string, hint: string) =>
    new Problem('invalid', code, `The group "${group.displayName}" ${what}.`, hint);
  if (group.dynamic) {
    return refuse(
      'group-dynamic',
      'is dynamic: Entra works out its members by a rule and lets nobody else change them',
      'In Entra, set its membership type to Assigned, or map the collection to another group.',
    );
  }
  if (group.onPremises) {
    return refuse(
      'group-on-premises',
      'is mastered in the on-premises Active Directory and can not be changed in Entra',
      'Map the collection to a group that was made in Entra.',
    );
  }
  if (group.kind === 'mail-enabled-security' || group.kind === 'distribution') {
    const kind = group.kind === 'distribution' ? 'distribution' : 'mail-enabled security';
    return refuse(
      'group-mail-enabled',
      `is a ${kind} group, which Microsoft Graph can only read`,
      'Map the collection to a security group or a Microsoft 365 group.',
    );
  }
  if (group.roleAssignable && !allowRoleAssignable) {
    return refuse(
      'group-role-assignable',
      'can bear Entra roles, so its members would get administrative rights',
      'Map to another group, or allow such groups for this tenant: rollcall tenant set --allow-role-assignable on.',
    );
  }
  if (group.membersHidden) {
    return refuse(
      'group-members-hidden',
      'has a hidden membership, which the app may not see, so nobody could tell who has to leave it',
      'Grant the app Member.Read.Hidden (application) with admin consent, or map to another group.',
    );
  }
  if (group.kind === 'microsoft365' && types.includes('device')) {
    return refuse(
      'group-takes-users-only',
      'is a Microsoft 365 group, which takes users only',
      'Map device collections to a security group.',
    );
  }
  return undefined;
}
