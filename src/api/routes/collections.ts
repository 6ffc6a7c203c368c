import { fold } from '../../base/index.ts';
import {
  addRule,
  type CollectionDetail,
  type CollectionSummary,
  changeQueryRule,
  collectionMembers,
  createCollection,
  deleteCollection,
  getCollection,
  listCollections,
  membershipHistory,
  removeRule,
  updateCollection,
} from '../../collections/index.ts';
import type { Store } from '../../store/index.ts';
import type { Collection, CollectionSummary as SummaryAnswer } from '../contract/index.ts';
import type { RouteHandlers } from '../http/handlers.ts';
import { explained } from './explained.ts';
import { positionOf } from './position.ts';
import { requireBounded, requireOnlySeenUses, requireSeenBeside } from './seen.ts';
import { checkQueries, queryClasses } from './wql.ts';

/** Collections, their rules and members, and queries. */
export const collectionHandlers = {
  async listCollections({ query, visible }, { store }) {
    const page = await listCollections(store, { ...query, among: visible });
    const { total } = page;
    return {
      items: page.collections.map(summary),
      next: page.next,
      ...(total === undefined ? {} : { total }),
    };
  },
  async createCollection({ body }, { store, clock }) {
    const { id } = await createCollection(store, body, clock);
    return detail(await getCollection(store, id));
  },
  async getCollection({ params }, { store }) {
    return detail(await getCollection(store, params.ref));
  },
  async updateCollection({ params, body }, { store }) {
    const { id } = await updateCollection(store, params.ref, body);
    return detail(await getCollection(store, id));
  },
  async deleteCollection({ params, query, visible }, { store }) {
    if (visible && query.cascade) await requireOnlySeenUses(store, params.ref, visible);
    return deleteCollection(store, params.ref, query);
  },
  async listCollectionMembers({ params, query }, { store }) {
    const { members, next, total } = await collectionMembers(store, params.ref, query);
    // Who is searched for is not counted: that would look at everybody.
    return { items: members, next, ...(query.total && !query.search ? { total } : {}) };
  },
  async listMembershipHistory({ params, query }, { store }) {
    const { after, change, search, limit } = query;
    const before = after === undefined ? {} : { before: positionOf(after) };
    const { events, next } = await membershipHistory(store, params.ref, { ...before, change, search, limit });
    return { items: events, next: next === null ? null : String(next) };
  },
  async addRule({ params, body, visible }, { store }) {
    if (body.kind === 'query') await requireBounded(store, visible, params.ref);
    const before = new Set((await getCollection(store, params.ref)).rules.map(rule => rule.id));
    await addRule(store, params.ref, body, visible);
    const { rules } = await getCollection(store, params.ref);
    return { rules: rules.filter(rule => !before.has(rule.id)) };
  },
  async removeRule({ params, visible }, { store }) {
    if (visible && (await excludes(store, params))) await requireBounded(store, visible, params.ref);
    await removeRule(store, params.ref, params.rule);
  },
  async updateRule({ params, body, visible }, { store }) {
    if (body.wql !== undefined) await requireBounded(store, visible, params.ref);
    const id = await changeQueryRule(store, params.ref, params.rule, body, visible);
    const { rules } = await getCollection(store, params.ref);
    const rule = rules.find(each => each.id === id);
    if (!rule) throw new Error(`rule ${id} went away at once`);
    return rule;
  },
  async explainMembership({ params, query, signal, visible }, { store, engine }) {
    const { ref: collection } = params;
    const resource = await requireSeenBeside(store, visible, { collection, resource: query.resource });
    return explained(await engine.ask({ type: 'explain', collection, resource }, signal));
  },
  async evaluate({ body, identity }, { store, engine }) {
    for (const ref of body.collections ?? []) await getCollection(store, ref);
    return await engine.submit({ kind: 'evaluate', arguments: body }, identity.name);
  },
  async preview({ body, signal, visible }, { engine }) {
    const { type, query: wql, limit } = body;
    const within = visible ? { within: [...visible] } : {};
    return await engine.ask({ type: 'preview', of: type, wql, limit, ...within }, signal);
  },
  async checkWql({ body, visible }, { store }) {
    return { results: await checkQueries(store, body.queries, visible) };
  },
  async listWqlClasses(_request, { store }) {
    return { items: await queryClasses(store) };
  },
} satisfies Partial<RouteHandlers>;

/** Whether a rule keeps resources out: without it they would be members. */
async function excludes(store: Store, { ref, rule }: { ref: string; rule: string }): Promise<boolean> {
  const { rules } = await getCollection(store, ref);
  const meant = fold(rule.trim());
  return rules.some(({ id, kind, name }) => kind === 'exclude' && [String(id), fold(name)].includes(meant));
}

function summary(collection: CollectionSummary): SummaryAnswer {
  return { ...collection, lastEvaluationTime: collection.evaluatedAt };
}

function detail(collection: CollectionDetail): Collection {
  return {
    ...collection,
    lastEvaluationTime: collection.evaluatedAt,
    lastFullEvaluationTime: collection.fullyEvaluatedAt,
    lastMembershipChangeTime: collection.membershipChangedAt,
  };
}
