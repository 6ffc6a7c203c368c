import { silent } from '../../base/index.ts';
import {
  addMapping,
  checkMapping,
  getMapping,
  heldChanges,
  heldPlan,
  heldPlans,
  mappingMembers,
  mappingStatusPage,
  refusePlan,
  removeMapping,
  runMembers,
  setMapping,
  syncHistory,
} from '../../cloudsync/index.ts';
import { getCollection } from '../../collections/index.ts';
import type { Store } from '../../store/index.ts';
import { requireSeen } from '../auth/scopes.ts';
import type { RouteHandlers } from '../http/handlers.ts';
import { shownGroup } from './groups.ts';
import { positionOf } from './position.ts';
import { requireSeenBeside } from './seen.ts';

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
  async addMapping({ body, signal, visible }, { store, directories, clock }) {
    const { tenant, directory } = await directories.find(body.tenant);
    return await addMapping(store, directory, tenant, { ...body, visible }, clock, signal);
  },
  async checkMapping({ body, signal, visible }, { store, directories }) {
    const { tenant, directory } = await directories.find(body.tenant);
    const checked = await checkMapping(store, directory, tenant, { ...body, visible }, signal);
    return { ...checked, group: shownGroup(checked.group, tenant) };
  },
  async getMapping({ params }, { store }) {
    return await getMapping(store, params.id);
  },
  async updateMapping({ params, body }, { store }) {
    return await setMapping(store, params.id, body);
  },
  async removeMapping({ params, query, signal }, { store, directories, clock }) {
    const { id, cloudServiceId } = await getMapping(store, params.id);
    const directory = await directories.of(cloudServiceId);
    return await removeMapping(store, directory, { id, ...query }, { clock, report: silent, signal });
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
  async listHeldPlans({ query }, { store }) {
    return { plans: await heldPlans(store, query.collection, query.group) };
  },
  async getHeldPlan({ params, visible }, { store }) {
    return await seenPlan(store, params.id, visible);
  },
  async listHeldChanges({ params, query, visible }, { store }) {
    await seenPlan(store, params.id, visible);
    const { after, limit } = query;
    const from = after === undefined ? {} : { after: positionOf(after) };
    const { changes, next } = await heldChanges(store, params.id, { limit, ...from });
    return { items: changes, next: next === null ? null : String(next) };
  },
  async approveHeldPlan({ params, identity, visible }, { store, engine }) {
    const { id, groupId, collections } = await seenPlan(store, params.id, visible);
    const args = { collections, group: groupId, full: false, approve: false, plan: id };
    return await engine.submit({ kind: 'synchronize', arguments: args }, identity.name);
  },
  async refuseHeldPlan({ params, body, identity, visible, signal }, { store, clock }) {
    await seenPlan(store, params.id, visible);
    const refusal = { by: identity.name, reason: body.reason };
    return await refusePlan(store, params.id, refusal, { clock, report: silent, signal });
  },
  async listRunMembers({ params, query }, { store }) {
    const { members, next } = await runMembers(store, query.collection, params.id, query);
    return { items: members, next };
  },
  async planUndo({ body, signal }, { engine }) {
    return await engine.ask({ type: 'undo', ...body }, signal);
  },
  async undo({ body, identity }, { engine }) {
    return await engine.submit({ kind: 'undo', arguments: body }, identity.name);
  },
  async pushMember({ body, identity, visible }, { store, engine }) {
    const { collection, member } = body;
    await getCollection(store, collection);
    await requireSeenBeside(store, visible, { collection, resource: member });
    return await engine.submit({ kind: 'member', arguments: body }, identity.name);
  },
  async listRuns({ query }, { store }) {
    const { collection, ...page } = query;
    const { runs, next } = await syncHistory(store, collection, page);
    return { items: runs, next };
  },
  async synchronize({ body, identity }, { store, engine }) {
    // A wrong name is told at once, not by a job that fails.
    for (const ref of body.collections ?? []) await getCollection(store, ref);
    return await engine.submit({ kind: 'synchronize', arguments: body }, identity.name);
  },
} satisfies Partial<RouteHandlers>;

/** A held plan, of which somebody must see every collection that feeds the group. */
async function seenPlan(store: Store, id: number, visible: readonly number[] | undefined) {
  const plan = await heldPlan(store, id);
  if (visible) await requireSeen(store, visible, plan.collections);
  return plan;
}
