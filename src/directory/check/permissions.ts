import { pass, type TenantCheck, warn } from './types.ts';

// Application permissions by purpose: any one of a list will do
// (learn.microsoft.com/graph/permissions-reference and the pages of the requests).

interface Purpose {
  check: string;
  what: string;
  anyOf: readonly string[];
  /** Without it: 'fail' where the work can't go on, 'warn' where there is another way. */
  without: 'warn' | 'fail';
  advice: string;
}

const readAll = ['Directory.Read.All', 'Directory.ReadWrite.All'];

const changesAnyGroup = ['GroupMember.ReadWrite.All', 'Group.ReadWrite.All', 'Directory.ReadWrite.All'];

/** Whether application permissions let the app change the members of every group, owned or not; null: unknown ones. */
export function mayChangeAnyGroup(roles: readonly string[] | null): boolean {
  return roles?.some(role => changesAnyGroup.includes(role)) ?? false;
}

const purposes: readonly Purpose[] = [
  {
    check: 'permission-devices',
    what: 'read devices',
    anyOf: ['Device.Read.All', 'Device.ReadWrite.All', ...readAll],
    without: 'fail',
    advice: 'Grant Device.Read.All (application) and admin consent: device collections need it.',
  },
  {
    check: 'permission-users',
    what: 'read users',
    anyOf: ['User.Read.All', 'User.ReadWrite.All', ...readAll],
    without: 'fail',
    advice: 'Grant User.Read.All (application) and admin consent: user collections need it.',
  },
  {
    check: 'permission-groups',
    what: 'search groups and read their members',
    anyOf: [
      'GroupMember.Read.All',
      'GroupMember.ReadWrite.All',
      'Group.Read.All',
      'Group.ReadWrite.All',
      ...readAll,
    ],
    without: 'fail',
    advice:
      'Grant Group.Read.All (application) and admin consent; searching alone can also be done as a user: group search --sign-in.',
  },
  {
    check: 'permission-members',
    what: 'change members of any group',
    anyOf: changesAnyGroup,
    without: 'warn',
    advice:
      'Only groups that the app owns can be changed. Make the app an owner of each, or grant GroupMember.ReadWrite.All.',
  },
  {
    check: 'permission-add-devices',
    what: 'add devices to groups',
    anyOf: ['Device.ReadWrite.All', 'Directory.ReadWrite.All'],
    without: 'warn',
    advice: 'Microsoft asks for Device.ReadWrite.All to add devices; grant it if adding devices is refused.',
  },
  {
    check: 'permission-create',
    what: 'create groups',
    anyOf: ['Group.Create', 'Group.ReadWrite.All', 'Directory.ReadWrite.All'],
    without: 'warn',
    advice:
      'Grant Group.Create if Rollcall is to create groups, or create them as a user: group create --sign-in. Existing groups do without.',
  },
];

const roleAssignable: Purpose = {
  check: 'permission-role-assignable',
  what: 'change role-assignable groups',
  anyOf: ['RoleManagement.ReadWrite.Directory'],
  without: 'warn',
  advice:
    'Role-assignable groups are allowed for this tenant: grant RoleManagement.ReadWrite.Directory, or forbid them again.',
};

/** Compares the permissions in a token with those that the work needs. */
export function checkPermissions(
  roles: readonly string[] | null,
  wantsRoleAssignable: boolean,
): TenantCheck[] {
  const needed = wantsRoleAssignable ? [...purposes, roleAssignable] : purposes;
  if (roles === null) {
    const advice =
      'Look at them under App registrations > API permissions; discover and plan show what is missing.';
    return [
      warn('permissions', 'The token can not be read, so the permissions of the app are not seen.', advice),
    ];
  }
  if (roles.length === 0) {
    return [
      {
        check: 'permissions',
        verdict: 'fail',
        seen: 'The token carries no application permission at all.',
        advice:
          'Add the permissions under App registrations > API permissions as application permissions, and grant admin consent.',
      },
    ];
  }
  return needed.map(({ check, what, anyOf, without, advice }) => {
    const granted = anyOf.filter(role => roles.includes(role));
    if (granted.length > 0) return pass(check, `The app may ${what}: ${granted.join(', ')}.`);
    return { ...warn(check, `The app may not ${what}.`, advice), verdict: without };
  });
}
