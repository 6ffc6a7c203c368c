import { Problem, type WorkContext } from '../../base/index.ts';
import { type Queries, type Store, withLease } from '../../store/index.ts';
import { findCollection, mappedGroups } from '../refs.ts';
import { alreadyRunning, groupLease } from '../run/run.ts';
import { loadTarget } from '../targets.ts';
import { type Refusal, refusalOf } from './held.ts';

// Held plans as administrators see them: what waits, what it would change, and the refusal of it.

/** A held plan in short. Instants are ISO 8601 in UTC. */
export interface HeldSummary {
  id: number;
  kind: 'full' | 'incremental';
  /** Stands for these very removals. */
  digest: string;
  /** Why it is held. */
  reason: string;
  createdAt: string;
  additions: number;
  removals: number;
  /** Of the removals, those of members that Rollcall never put there. */
  foreign: number;
  /** Who refused it; null: it waits for an approval. */
  refusal: Refusal | null;
}

/** A held plan with the group that it is for. */
export interface HeldGroupPlan extends HeldSummary {
  groupId: string;
  groupName: string;
  cloudServiceId: number;
}

/** A change of a held plan. */
export interface HeldChange {
  change: 'add' | 'remove';
  name: string;
  objectId: string;
  foreign: boolean;
}

/** Held plans by their numbers. */
export async function heldSummaries(db: Queries, ids: readonly number[]): Promise<Map<number, HeldSummary>> {
  const found = new Map<number, HeldSummary>();
  for (let at = 0; at < ids.length; at += 500) {
    const some = ids.slice(at, at + 500);
    const rows = await db.selectFrom('held_plan').selectAll().where('id', 'in', some).execute();
    for (const row of rows) {
      found.set(row.id, {
        id: row.id,
        kind: row.kind,
        digest: row.digest,
        reason: row.reason,
        createdAt: row.created_at,
        additions: row.addition_count,
        removals: row.removal_count,
        foreign: row.foreign_count,
        refusal: refusalOf(row),
      });
    }
  }
  return found;
}

/**
 * The held plans of a collection's groups.
 * @param group only the one with this object id or name
 * @throws Problem when the collection does not exist or is not mapped
 */
export async function heldPlans(store: Store, collection: string, group?: string): Promise<HeldGroupPlan[]> {
  const groups = await mappedGroups(store.db, await findCollection(store.db, collection), group);
  const targets = groups.map(({ targetId }) => targetId);
  return plansWhere(store.db, 'target_group.id', targets);
}

/**
 * A held plan by its number, with the collections that feed its group.
 * @param among numbers of collections: a plan for a group that none of them feeds is as if it were not there; left out:
 *   all
 * @throws Problem held-plan-gone when no group holds it any more
 */
export async function heldPlan(
  store: Store,
  id: number,
  among?: readonly number[],
): Promise<HeldGroupPlan & { collections: string[] }> {
  const [plan] = await plansWhere(store.db, 'target_group.held_plan_id', [id]);
  if (!plan) throw planGone(id);
  const collections = await store.db
    .selectFrom('mapping')
    .innerJoin('target_group', 'target_group.id', 'mapping.target_group_id')
    .innerJoin('collection', 'collection.num', 'mapping.collection_num')
    .select(['collection.id', 'collection.num'])
    .where('target_group.held_plan_id', '=', id)
    .orderBy('mapping.id')
    .execute();
  if (among && !collections.some(({ num }) => among.includes(num))) throw planGone(id);
  return { ...plan, collections: collections.map(collection => collection.id) };
}

async function plansWhere(
  db: Queries,
  column: 'target_group.id' | 'target_group.held_plan_id',
  values: readonly number[],
): Promise<HeldGroupPlan[]> {
  const rows = await db
    .selectFrom('target_group')
    .select(['held_plan_id', 'group_id', 'name', 'cloud_service_id'])
    .where('held_plan_id', 'is not', null)
    .where(column, 'in', values)
    .orderBy('id')
    .execute();
  const plans = await heldSummaries(
    db,
    rows.flatMap(row => row.held_plan_id ?? []),
  );
  return rows.flatMap(row => {
    const plan = plans.get(row.held_plan_id ?? 0);
    const { group_id: groupId, name: groupName, cloud_service_id: cloudServiceId } = row;
    return plan ? [{ ...plan, groupId, groupName, cloudServiceId }] : [];
  });
}

/**
 * What a held plan would change, removals first, a page at a time.
 * @param after the position of the last change of the page before
 * @throws Problem held-plan-gone
 */
export async function heldChanges(
  store: Store,
  id: number,
  { after = 0, limit }: { after?: number; limit: number },
): Promise<{ changes: HeldChange[]; next: number | null }> {
  await heldPlan(store, id);
  const rows = await store.db
    .selectFrom('held_change')
    .selectAll()
    .where('held_plan_id', '=', id)
    .where('position', '>', after)
    .orderBy('position')
    .limit(limit + 1)
    .execute();
  const changes = rows.slice(0, limit).map(row => ({
    change: row.change,
    name: row.name,
    objectId: row.object_id,
    foreign: row.is_foreign === 1,
  }));
  return { changes, next: rows.length > limit ? after + limit : null };
}

/**
 * Refuses a held plan: its removals are not made, and nobody is asked about them again until the plan changes. An
 * approval of that very plan takes the refusal back.
 * @throws Problem held-plan-gone, already-running while the group is being synchronized, plan-refused
 */
export async function refusePlan(
  store: Store,
  id: number,
  { by, reason }: { by: string; reason?: string | undefined },
  work: WorkContext,
): Promise<HeldGroupPlan> {
  const target = await store.db
    .selectFrom('target_group')
    .select('id')
    .where('held_plan_id', '=', id)
    .executeTakeFirst();
  if (!target) throw planGone(id);
  const leased = await withLease(store, groupLease(target.id), work, async () => {
    const { refusal } = await heldPlan(store, id);
    if (refusal) throw alreadyRefused(refusal);
    await store.db
      .updateTable('held_plan')
      .set({ refused_at: work.clock.now().toISOString(), refused_by: by, refused_reason: reason ?? null })
      .where('id', '=', id)
      .execute();
    return await heldPlan(store, id);
  });
  if (!leased.busy) return leased.result;
  const running = await loadTarget(store.db, target.id);
  throw running ? alreadyRunning(running) : planGone(id);
}

function alreadyRefused({ by, at }: Refusal): Problem {
  return new Problem(
    'conflict',
    'plan-refused',
    `${by} has refused this plan already, on ${at.slice(0, 10)}.`,
    'To let it pass after all: rollcall cloud-sync run COLLECTION --approve.',
  );
}

function planGone(id: number): Problem {
  return new Problem(
    'not-found',
    'held-plan-gone',
    `No group holds the plan ${id} any more: it was approved, or the facts have changed.`,
    'See what waits now: rollcall cloud-sync status.',
  );
}
