import { createHash } from 'node:crypto';
import type { Queries } from '../store/index.ts';
import type { NamedChange } from './names.ts';
import { type Change, newRemovals } from './plan.ts';
import type { Kind, Prepared } from './prepare.ts';

/** A plan that waits for approval. */
export interface HeldPlan {
  id: number;
  kind: Kind;
  digest: string;
  reason: string;
}

/** What an approval is for: these very removals. Additions are not held, so they do not count. */
export function digestOf(prepared: Prepared): string {
  const ids = newRemovals(prepared.plan).map(({ objectId }) => objectId);
  return createHash('sha256').update(ids.sort().join('\n')).digest('hex');
}

/** The plan that is held for a group, if one is. */
export async function loadHeld(db: Queries, heldPlanId: number | null): Promise<HeldPlan | undefined> {
  if (heldPlanId === null) return undefined;
  return db
    .selectFrom('held_plan')
    .select(['id', 'kind', 'digest', 'reason'])
    .where('id', '=', heldPlanId)
    .executeTakeFirst();
}

/** Holds a plan for a group in place of the one held before. */
export async function hold(
  tx: Queries,
  targetId: number,
  plan: Omit<HeldPlan, 'id'> & { additions: NamedChange[]; removals: NamedChange[] },
  now: Date,
): Promise<void> {
  await release(tx, targetId);
  const { id } = await tx
    .insertInto('held_plan')
    .values({
      target_group_id: targetId,
      created_at: now.toISOString(),
      digest: plan.digest,
      kind: plan.kind,
      reason: plan.reason,
      additions: JSON.stringify(plan.additions.map(({ name, objectId }) => ({ name, objectId }))),
      removals: JSON.stringify(
        plan.removals.map(({ name, objectId, foreign }) => ({ name, objectId, foreign })),
      ),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx.updateTable('target_group').set({ held_plan_id: id }).where('id', '=', targetId).execute();
}

/** Ends the holding of a group's plan. An approved one is kept as a record, another one goes. */
export async function release(
  tx: Queries,
  targetId: number,
  approval?: { by: string; at: Date },
): Promise<void> {
  const target = await tx
    .selectFrom('target_group')
    .select('held_plan_id')
    .where('id', '=', targetId)
    .executeTakeFirst();
  if (!target || target.held_plan_id === null) return;
  await tx.updateTable('target_group').set({ held_plan_id: null }).where('id', '=', targetId).execute();
  if (approval) {
    await tx
      .updateTable('held_plan')
      .set({ approved_at: approval.at.toISOString(), approved_by: approval.by })
      .where('id', '=', target.held_plan_id)
      .execute();
  } else {
    await tx.deleteFrom('held_plan').where('id', '=', target.held_plan_id).execute();
  }
}

/** What of a plan may be sent while its new removals are held. */
export function withoutNewRemovals<P extends { removals: Change[] }>(plan: P): P {
  return { ...plan, removals: plan.removals.filter(({ decided }) => decided) };
}
