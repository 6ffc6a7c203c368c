import { fold, Problem, silent } from '../../base/index.ts';
import {
  addMapping,
  mappingMembers,
  mappingStatus,
  mappingStatusPage,
  removeMapping,
  syncHistory,
} from '../../cloudsync/index.ts';
import { getCollection } from '../../collections/index.ts';
import type { Store } from '../../store/index.ts';
import type { RouteHandlers } from '../http/handlers.ts';
import { groupAccess } from './group-access.ts';
import { positionOf } from './position.ts';

/** Collection Cloud Sync: mappings, their status and members, plans and runs. */
export const mappingHandlers = {
  async listMappings({ query, visible }, { store }) {
    const { collection, ...rest } = query;
    const { mappings, next, total } = await mappingStatusPage(store, {
      collections: collection,
      among: visible,
      ...rest,
    });
    return { items: mappings, next, ...(total === undefined ? {} : { total }) };
  },
  async addMapping({ body, signal }, { store, directories, clock }) {
    const { tenant, directory } = await directories.find(body.tenant);
    const { mapping, warnings } = await addMapping(store, directory, tenant, body, clock, signal);
    const { groupId, groupName } = mapping;
    const { writable } = await groupAccess(directory, groupId, signal);
    if (writable) return { mapping, warnings };
    const notOwner = `The app neither owns "${groupName}" nor may change every group: make its service principal an owner of the group, or every run fails.`;
    return { mapping, warnings: [notOwner, ...warnings] };
  },
  async removeMapping({ query, signal }, { store, directories, clock }) {
    const directory = await directories.of(await tenantOf(store, query));
    return await removeMapping(store, directory, query, { clock, report: silent, signal });
  },
  async listMappingMembers({ query }, { store }) {
    const { collection, ...rest } = query;
    const { members, next, total } = await mappingMembers(store, collection, rest);
    return { items: members, next, ...(total === undefined ? {} : { total }) };
  },
  async plan({ body, signal }, { engine }) {
    const { collection, full } = body;
    return { plans: await engine.ask({ type: 'plan', collection, full }, signal) };
  },
  async verify({ body, signal }, { engine }) {
    return { groups: await engine.ask({ type: 'verify', collection: body.collection }, signal) };
  },
  async listRuns({ query }, { store }) {
    const { collection, after, limit } = query;
    const page = { limit: limit + 1, ...(after === undefined ? {} : { before: positionOf(after) }) };
    const runs = await syncHistory(store, collection, page);
    const items = runs.slice(0, limit);
    return { items, next: runs.length > limit ? String(items.at(-1)?.id) : null };
  },
  async synchronize({ body, identity }, { store, engine }) {
    // A wrong name is told at once, not by a job that fails.
    for (const ref of body.collections ?? []) await getCollection(store, ref);
    return await engine.submit({ kind: 'synchronize', arguments: body }, identity.name);
  },
} satisfies Partial<RouteHandlers>;

/** The tenant of a mapped group, whose object id or name is given. */
async function tenantOf(store: Store, { collection, group }: { collection: string; group: string }) {
  const mappings = await mappingStatus(store, { collections: [collection] });
  const isMeant = (mapping: { groupId: string; groupName: string }) =>
    mapping.groupId === group.toLowerCase() || fold(mapping.groupName) === fold(group);
  const found = mappings.find(isMeant);
  if (found) return found.cloudServiceId;
  throw new Problem(
    'not-found',
    'mapping-not-found',
    `The collection "${collection}" is not mapped to the group "${group}".`,
    'See which mappings there are: rollcall cloud-sync status.',
  );
}
