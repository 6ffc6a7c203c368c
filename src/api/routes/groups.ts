import { Problem } from '../../base/index.ts';
import { checkGroup, findGroup } from '../../cloudsync/index.ts';
import type { GroupFacts, Tenant } from '../../directory/index.ts';
import type { Identity } from '../auth/identity.ts';
import type { Group } from '../contract/index.ts';
import type { RouteHandlers } from '../http/handlers.ts';
import type { Services } from '../services.ts';

/** Entra groups, straight from Entra: as the app sees them, or as a user who has signed in. */
export const groupHandlers = {
  async searchGroups({ query, identity, signal }, services) {
    const { tenant, directory } = await directoryFor(query, identity, services);
    const { startsWith, limit } = query;
    const from = positionOf(query.after);
    const items: Group[] = [];
    let position = 0;
    const search = { ...(startsWith ? { startsWith } : {}), signal };
    try {
      for await (const group of directory.searchGroups(search)) {
        position += 1;
        if (position <= from) continue;
        if (items.length === limit) return { items, next: String(position - 1) };
        items.push(shownGroup(group, tenant));
      }
    } catch (error) {
      throw offeringSignIn(error, query.signIn, 'search groups');
    }
    return { items, next: null };
  },
  async getGroup({ params, query, signal }, { directories }) {
    const { tenant, directory } = await directories.find(query.tenant);
    const group = await findGroup(directory, params.ref, signal);
    const memberCount = await directory.countMembers(group.id, signal);
    const access = await directory.groupAccess(group.id, signal);
    return { ...shownGroup(group, tenant), memberCount, ...access };
  },
  async createGroup({ body, identity, signal }, services) {
    const { tenant, directory, app } = await directoryFor(body, identity, services);
    const { displayName, description, signIn } = body;
    const owner = signIn === undefined ? undefined : await app.appAsOwner();
    try {
      const group = await directory.createGroup(
        {
          displayName,
          ...(description === undefined ? {} : { description }),
          ...(owner === undefined ? {} : { owner }),
        },
        signal,
      );
      return shownGroup(group, tenant);
    } catch (error) {
      throw offeringSignIn(error, signIn, 'create groups');
    }
  },
} satisfies Partial<RouteHandlers>;

/** Whose eyes to look with: the app's, unless a user's sign-in is named. */
async function directoryFor(
  { tenant: ref, signIn }: { tenant?: string | undefined; signIn?: string | undefined },
  identity: Identity,
  { directories, signIns }: Services,
) {
  const { tenant, directory: app } = await directories.find(ref);
  const directory = signIn === undefined ? app : await signIns.directory(signIn, identity, tenant);
  return { tenant, directory, app };
}

/** Says, where the app is not permitted, that a user may be: as ConfigMgr's "sign in if prompted". */
function offeringSignIn(error: unknown, signIn: string | undefined, what: string): unknown {
  if (signIn !== undefined || !(error instanceof Problem) || error.kind !== 'forbidden') return error;
  return new Problem(
    'forbidden',
    'app-not-permitted',
    `The app may not ${what} in this tenant. ${error.message}`,
    'Sign in to Entra yourself (--sign-in, or Sign in on the console), or grant the app the permission: "tenant check" says which.',
    { cause: error },
  );
}

/** A group as the API shows it: with whether a collection can be mapped to it. */
export function shownGroup(group: GroupFacts, tenant: Tenant): Group {
  const refusal = checkGroup(group, { types: [], allowRoleAssignable: tenant.allowRoleAssignable });
  return { ...group, cloudServiceId: tenant.id, usable: !refusal, why: refusal?.message ?? null };
}

/** Graph's own cursor does not outlive its request, so ours counts the groups before. */
function positionOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (/^\d{1,9}$/.test(cursor)) return Number(cursor);
  throw new Problem(
    'invalid',
    'bad-page',
    'The page asked for does not exist.',
    'Start from the first page.',
  );
}
