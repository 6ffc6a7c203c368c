import { problemData } from '../../base/index.ts';
import type { Directory, Tenant } from '../../directory/index.ts';
import type { DiscoveryState } from '../../schedule/index.ts';
import type { TenantCheck } from '../contract/index.ts';

/** What each part of the work needs, and which of Graph's application permissions give it (facts.md, section 2). */
const permissions = [
  { for: 'discover devices', any: ['Device.Read.All', 'Device.ReadWrite.All', 'Directory.Read.All'] },
  { for: 'discover users', any: ['User.Read.All', 'User.ReadWrite.All', 'Directory.Read.All'] },
  { for: 'search groups', any: ['Group.Read.All', 'Group.ReadWrite.All', 'Directory.Read.All'] },
  { for: 'change members', any: ['GroupMember.ReadWrite.All', 'Group.ReadWrite.All', 'Group.Create'] },
];

/** Looks at each prerequisite of synchronizing with a tenant; changes nothing. */
export async function checkTenant(
  tenant: Tenant,
  directory: Directory,
  discoveries: readonly DiscoveryState[],
  now: Date,
  signal: AbortSignal,
): Promise<TenantCheck[]> {
  const switches = checkSwitches(tenant);
  const fresh = checkDiscovery(tenant, discoveries, now);
  try {
    const { roles } = await directory.verify();
    const signedIn = pass('sign-in', `Signed in to ${tenant.loginUrl} as ${tenant.clientId}.`);
    const reach = await checkGroups(directory, signal);
    return [...switches, signedIn, reach, ...checkPermissions(roles), fresh];
  } catch (error) {
    return [...switches, fail('sign-in', error), fresh];
  }
}

function checkSwitches(tenant: Tenant): TenantCheck[] {
  const sync = tenant.groupSync
    ? pass('group sync', 'Enable Azure Directory Group Sync is on.')
    : warn(
        'group sync',
        'It is off: the mappings of this tenant rest.',
        'Turn it on: tenant set … --group-sync on.',
      );
  if (!tenant.entraAuthenticationDisabled) return [sync];
  const disabled: TenantCheck = {
    name: 'Entra authentication',
    outcome: 'fail',
    seen: 'Entra authentication is disabled for this tenant.',
    hint: 'Switch that off again: cloud sync refuses while it is set.',
  };
  return [sync, disabled];
}

async function checkGroups(directory: Directory, signal: AbortSignal): Promise<TenantCheck> {
  try {
    for await (const group of directory.searchGroups({ signal })) {
      return pass('groups', `Groups can be read, "${group.displayName}" for one.`);
    }
    return warn('groups', 'There is no group in this tenant.', 'Create one: group create NAME.');
  } catch (error) {
    return fail('groups', error);
  }
}

/** An app that owns its groups needs no permission for all, so a missing one is a warning. */
function checkPermissions(roles: readonly string[]): TenantCheck[] {
  if (roles.length === 0) {
    return [
      warn('permissions', 'The token names no permissions.', 'Grant admin consent to the app in Entra.'),
    ];
  }
  return permissions.map(({ for: purpose, any }) => {
    const held = any.find(permission => roles.includes(permission));
    const name = `permission to ${purpose}`;
    if (held) return pass(name, `${held} is granted.`);
    return warn(
      name,
      `None of ${any.join(', ')} is granted.`,
      `Grant ${any[0]} to the app and consent to it.`,
    );
  });
}

function checkDiscovery(tenant: Tenant, states: readonly DiscoveryState[], now: Date): TenantCheck {
  const name = 'discovery';
  if (!tenant.discovery) return warn(name, 'Discovery is off.', 'Turn it on: tenant set … --discovery on.');
  const error = states.find(state => state.error !== null)?.error;
  if (error) return { name, outcome: 'fail', seen: error, hint: 'Mend that, then run: rollcall discover.' };
  const times = states.map(state => [state.lastDeltaTime, state.lastFullTime].filter(Boolean).sort().at(-1));
  const [oldest] = times.map(time => time ?? '').sort();
  if (times.length < 2 || !oldest) {
    return warn(name, 'Entra has not been discovered yet.', 'Run: rollcall discover.');
  }
  const minutes = Math.round((now.getTime() - Date.parse(oldest)) / 60_000);
  const seen = `Discovered ${minutes} minutes ago: ${states
    .map(state => `${state.objectCount} ${state.kind}s`)
    .join(', ')}.`;
  if (minutes <= 3 * Math.max(5, tenant.discoveryMinutes)) return pass(name, seen);
  return warn(name, seen, 'Keep the server running, or run: rollcall discover.');
}

function pass(name: string, seen: string): TenantCheck {
  return { name, outcome: 'pass', seen, hint: null };
}

function warn(name: string, seen: string, hint: string): TenantCheck {
  return { name, outcome: 'warn', seen, hint };
}

function fail(name: string, error: unknown): TenantCheck {
  const { message, hint } = problemData(error);
  return { name, outcome: 'fail', seen: message, hint };
}
