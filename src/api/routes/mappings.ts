import { silent } from '../../base/index.ts';
import {
  addMapping,
  checkMapping,
  type Verification as FoundDifference,
  type GroupPlan,
  getMapping,
  heldChanges,
  heldPlan,
  heldPlans,
  mappingMembers,
  mappingStatus,
  mappingStatusPage,
  refusePlan,
  removeMapping,
  runMembers,
  setMapping,
  syncHistory,
} from '../../cloudsync/index.ts';
import { getCollection } from '../../collections/index.ts';
import type { Store } from '../../store/index.ts';
import type { Plan, Verification } from '../contract/index.ts';
import type { RouteHandlers } from '../http/handlers.ts';
import { shownGroup } from './groups.ts';
import { positionOf } from './position.ts';
import { requireSeenBeside } from './seen.ts';
import { maskedRows, requireWholeGroup, seenMembers, toldOf } from './seen-members.ts';

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
  async listMappingMembers({ query, visible }, { store }) {
    const { collection, ...rest } = query;
    const { members, next, total } = await mappingMembers(store, collection, rest);
    // Who is a member of the collection may be seen with it; who leaves a group may be another's.
    const parts = [...Map.groupBy(members, ({ leaves }) => leaves)];
    const told = parts.map(([group, rows]) => maskedRows(store, visible, group, rows));
    const items = (await Promise.all(told)).flat();
    return { items, next, ...(total === undefined ? {} : { total }) };
  },
  async plan({ body, signal, visible }, { store, engine }) {
    const { collection, full } = body;
    const plans = await engine.ask({ type: 'plan', collection, full }, signal);
    return { plans: await Promise.all(plans.map(plan => toldPlan(store, visible, plan))) };
  },
  async verify({ body, signal, visible }, { store, engine }) {
    const groups = await engine.ask({ type: 'verify', collection: body.collection }, signal);
    return { groups: await Promise.all(groups.map(group => toldVerification(store, visible, group))) };
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
  async listRunMembers({ params, query, visible }, { store }) {
    const { members, groupId, next } = await runMembers(store, query.collection, params.id, query);
    return { items: await maskedRows(store, visible, groupId, members), next };
  },
  async planUndo({ body, signal, visible }, { store, engine }) {
    const plan = await engine.ask({ type: 'undo', ...body }, signal);
    await requireWholeGroup(store, visible, plan.groupId);
    return plan;
  },
  async undo({ body, identity, visible }, { store, engine }) {
    await requireWholeGroups(store, visible, { collections: [body.collection], group: body.group });
    return await engine.submit({ kind: 'undo', arguments: body }, identity.name);
  },
  async pushMember({ body, identity, visible }, { store, engine }) {
    const { collection, member } = body;
    await getCollection(store, collection);
    const meant = await requireSeenBeside(store, visible, { collection, resource: member });
    return await engine.submit({ kind: 'member', arguments: { ...body, member: meant } }, identity.name);
  },
  async listRuns({ query }, { store }) {
    const { collection, ...page } = query;
    const { runs, next } = await syncHistory(store, collection, page);
    return { items: runs, next };
  },
  async synchronize({ body, identity, visible }, { store, engine }) {
    // Who approves has to see what.
    if (body.approve) await requireWholeGroups(store, visible, body);
    // A wrong name is told at once, not by a job that fails.
    for (const ref of body.collections ?? []) await getCollection(store, ref);
    return await engine.submit({ kind: 'synchronize', arguments: body }, identity.name);
  },
} satisfies Partial<RouteHandlers>;

/** A held plan, of whose group somebody must see every collection that feeds it; who sees none hears of no plan. */
async function seenPlan(store: Store, id: number, visible: readonly number[] | undefined) {
  const plan = await heldPlan(store, id, visible);
  await requireWholeGroup(store, visible, plan.groupId);
  return plan;
}

/** `requireWholeGroup` for the groups that collections feed. */
async function requireWholeGroups(
  store: Store,
  visible: readonly number[] | undefined,
  { collections, group }: { collections?: string[] | undefined; group?: string | undefined },
): Promise<void> {
  if (!visible) return;
  for (const { groupId } of await mappingStatus(store, { collections, group, among: visible })) {
    await requireWholeGroup(store, visible, groupId);
  }
}

/** A plan with the changes of those who may be seen; how many there are beside. */
async function toldPlan(
  store: Store,
  visible: readonly number[] | undefined,
  plan: GroupPlan,
): Promise<Plan> {
  const ids = [...plan.add, ...plan.remove].map(({ objectId }) => objectId);
  const seen = await seenMembers(store, visible, plan.groupId, ids);
  const [add, remove] = [toldOf(plan.add, seen), toldOf(plan.remove, seen)];
  const why = ({ reason, rules, ...change }: (typeof plan.add)[number]) =>
    // The rules behind it may be those of other collections.
    seen ? { ...change, reason: reason.replace(/: .*/s, ''), rules: null } : { ...change, reason, rules };
  return {
    ...plan,
    add: add.told.map(why),
    remove: remove.told,
    hidden: { add: add.hidden, remove: remove.hidden },
  };
}

async function toldVerification(
  store: Store,
  visible: readonly number[] | undefined,
  group: FoundDifference,
): Promise<Verification> {
  const ids = [...group.missing, ...group.foreign].map(({ objectId }) => objectId);
  const seen = await seenMembers(store, visible, group.groupId, ids);
  const [missing, foreign] = [toldOf(group.missing, seen), toldOf(group.foreign, seen)];
  const hidden = { missing: missing.hidden, foreign: foreign.hidden };
  return { ...group, missing: missing.told, foreign: foreign.told, hidden };
}
