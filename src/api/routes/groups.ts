import { Problem } from '../../base/index.ts';
import { checkGroup } from '../../cloudsync/index.ts';
import type { GroupFacts, Tenant } from '../../directory/index.ts';
import type { Group } from '../contract/index.ts';
import type { RouteHandlers } from '../http/handlers.ts';

/** Entra groups, straight from Entra. */
export const groupHandlers = {
  async searchGroups({ query, signal }, { directories }) {
    const { tenant, directory } = await directories.find(query.tenant);
    const { startsWith, limit } = query;
    const from = positionOf(query.after);
    const items: Group[] = [];
    let position = 0;
    const search = { ...(startsWith ? { startsWith } : {}), signal };
    for await (const group of directory.searchGroups(search)) {
      position += 1;
      if (position <= from) continue;
      if (items.length === limit) return { items, next: String(position - 1) };
      items.push(shownGroup(group, tenant));
    }
    return { items, next: null };
  },
  async createGroup({ body, signal }, { directories }) {
    const { tenant, directory } = await directories.find(body.tenant);
    const { displayName, description } = body;
    const group = await directory.createGroup(
      { displayName, ...(description === undefined ? {} : { description }) },
      signal,
    );
    return shownGroup(group, tenant);
  },
} satisfies Partial<RouteHandlers>;

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
