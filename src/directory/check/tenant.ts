import { problemData } from '../../base/index.ts';
import { getGroup } from '../graph/groups.ts';
import { type DirectoryOptions, openSession, type Session } from '../session.ts';
import type { TokenClaims } from '../signin/token-claims.ts';
import type { Expiry } from '../tenant/expiry-store.ts';
import type { Secrets } from '../tenant/secrets.ts';
import type { Tenant } from '../tenant/tenant.ts';
import { groupAccess } from './access.ts';
import { credentialExpiry, expiryWarning } from './expiry.ts';
import { checkPermissions } from './permissions.ts';
import { checkReach } from './reach.ts';
import { fail, pass, type TenantCheck, warn } from './types.ts';

export type { TenantCheck } from './types.ts';

export interface CheckOptions extends DirectoryOptions {
  /** Groups whose owner is checked: those that mappings feed. */
  groupIds?: readonly string[];
  /** Told when the credential ends, where the check could find out. */
  onExpiry?: (expiry: Expiry) => Promise<void>;
}

/**
 * Checks every prerequisite of a tenant that lies in Entra or on the way there. Changes nothing, and never throws for
 * what it checks: each thing that is wrong is a line of its own, and what depends on it is left out.
 */
export async function checkTenant(
  tenant: Tenant,
  secrets: Secrets,
  options: CheckOptions = {},
): Promise<TenantCheck[]> {
  const session = openSession(tenant, secrets, options);
  try {
    const reached = await checkReach(session);
    const signedIn = await checkSignIn(session);
    const { claims } = signedIn;
    const inside =
      claims === null
        ? []
        : [
            ...checkPermissions(claims.roles, tenant.allowRoleAssignable),
            await told('credential-expiry', () => checkExpiry(session, secrets, options.onExpiry)),
            ...(await checkOwners(session, claims, options.groupIds ?? [])),
          ];
    return [...reached, signedIn.check, ...inside, ...checkSwitches(tenant)];
  } finally {
    await session.close();
  }
}

async function checkSignIn(session: Session): Promise<{ check: TenantCheck; claims: TokenClaims | null }> {
  const { tenant } = session;
  try {
    const claims = await session.claims();
    const seen = `The app ${tenant.clientId} signs in with its ${tenant.credentialKind.replaceAll('-', ' ')}.`;
    return { check: pass('sign-in', seen), claims };
  } catch (error) {
    const { code, message, hint } = problemData(error);
    const named = code.startsWith('AADSTS') ? `${message} (${code})` : message;
    return { check: fail('sign-in', named, hint), claims: null };
  }
}

async function checkExpiry(
  session: Session,
  secrets: Secrets,
  onExpiry: CheckOptions['onExpiry'],
): Promise<TenantCheck> {
  const name = 'credential-expiry';
  const what = session.tenant.credentialKind === 'certificate' ? 'certificate' : 'client secret';
  const expiry = await credentialExpiry(session, secrets);
  await onExpiry?.(expiry);
  if (expiry.kind === 'never') return pass(name, 'The credential is renewed by the platform.');
  if (expiry.kind === 'unknown') {
    const advice = 'Grant Application.Read.All to be warned before it ends, or note its date yourself.';
    return warn(name, `The app may not read when its ${what} ends.`, advice);
  }
  const warning = expiryWarning(session.tenant.credentialKind, expiry.at, session.clock.now());
  if (warning) return (warning.ended ? fail : warn)(name, warning.message, warning.hint);
  return pass(name, `The ${what} is good until ${expiry.at.toISOString().slice(0, 10)}.`);
}

async function checkOwners(
  session: Session,
  claims: TokenClaims,
  groupIds: readonly string[],
): Promise<TenantCheck[]> {
  const checks: TenantCheck[] = [];
  for (const groupId of groupIds) {
    checks.push(await told('group-owner', () => checkOwner(session, claims, groupId)));
  }
  return checks;
}

async function checkOwner(session: Session, claims: TokenClaims, groupId: string): Promise<TenantCheck> {
  const { transport } = session;
  const { displayName } = await getGroup(transport, groupId);
  if (claims.objectId === null && claims.roles === null) {
    const advice = "Look at the group's owners: the service principal of the app should be one of them.";
    return warn('group-owner', `Whether the app may change ${displayName} can not be seen.`, advice);
  }
  const { owned, writable } = await groupAccess(transport, claims, groupId);
  if (owned) return pass('group-owner', `The app owns ${displayName}.`);
  if (writable)
    return pass('group-owner', `The app may change ${displayName} by permission, without owning it.`);
  const advice =
    'Make the service principal of the app an owner of the group, or grant GroupMember.ReadWrite.All.';
  return fail('group-owner', `The app neither owns ${displayName} nor may change every group.`, advice);
}

function checkSwitches(tenant: Tenant): TenantCheck[] {
  const checks: TenantCheck[] = [
    pass('quota', `Rollcall uses up to ${tenant.quotaShare} % of the documented quota of the app.`),
  ];
  if (tenant.entraAuthenticationDisabled) {
    checks.push(
      fail(
        'entra-authentication',
        'Entra authentication is disabled for this tenant: cloud sync refuses to run.',
        'Enable it again with "tenant set --entra-authentication on".',
      ),
    );
  }
  if (!tenant.groupSync) {
    const advice = 'Turn it on with "tenant set --group-sync on".';
    checks.push(warn('group-sync', 'Group sync is off: the mappings of this tenant rest.', advice));
  }
  return checks;
}

/** A check whose own request failed is a failed check, not an end of the others. */
async function told(name: string, check: () => Promise<TenantCheck>): Promise<TenantCheck> {
  try {
    return await check();
  } catch (error) {
    const { message, hint } = problemData(error);
    return fail(name, message, hint);
  }
}
