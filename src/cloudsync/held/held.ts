import { createHash } from 'node:crypto';
import type { Queries, Store } from '../../store/index.ts';
import type { NamedChange } from '../names.ts';
import { type Change, newRemovals } from '../plan.ts';
import type { Kind, Prepared } from '../run/prepare.ts';

/** Who refused a held plan, when (ISO 8601) and, if told, why. */
export interface Refusal {
  by: string;
  at: string;
  reason: string | null;
}

/** A plan that waits for approval, or that was refused. */
export interface HeldPlan {
  id: number;
  kind: Kind;
  digest: string;
  reason: string;
  refusal: Refusal | null;
  /** The refused plan in whose place it was held: what was refused there does not pass by itself. */
  earlier: { id: number; refusal: Refusal } | null;
}

/** What an approval is for: these very removals. Additions are not held, so they do not count. */
export function digestOf(prepared: Prepared): string {
  const ids = newRemovals(prepared.plan).map(({ objectId }) => objectId);
  return createHash('sha256').update(ids.sort().join('\n')).digest('hex');
}

/** The plan that is held for a group, if one is. */
export async function loadHeld(db: Queries, heldPlanId: number | null): Promise<HeldPlan | undefined> {
  if (heldPlanId === null) return undefined;
  const row = await db
    .selectFrom('held_plan')
    .select([
      'id',
      'kind',
      'digest',
      'reason',
      'refused_at',
      'refused_by',
      'refused_reason',
      'refused_plan_id',
    ])
    .where('id', '=', heldPlanId)
    .executeTakeFirst();
  if (!row) return undefined;
  const { id, kind, digest, reason } = row;
  const earlier = await earlierRefusal(db, row.refused_plan_id);
  return { id, kind, digest, reason, refusal: refusalOf(row), earlier };
}

async function earlierRefusal(db: Queries, id: number | null): Promise<HeldPlan['earlier']> {
  if (id === null) return null;
  const row = await db
    .selectFrom('held_plan')
    .select(['refused_at', 'refused_by', 'refused_reason'])
    .where('id', '=', id)
    .executeTakeFirst();
  const refusal = row ? refusalOf(row) : null;
  return refusal && { id, refusal };
}

/** Who refused a plan; null: nobody has. */
export function refusalOf(row: {
  refused_at: string | null;
  refused_by: string | null;
  refused_reason: string | null;
}): Refusal | null {
  if (row.refused_at === null) return null;
  return { by: row.refused_by ?? '', at: row.refused_at, reason: row.refused_reason };
}

/** A refusal in words. */
export function refusalSentence({ by, at, reason }: Refusal, removals: number): string {
  const members = removals === 1 ? '1 removal is' : `${removals} removals are`;
  const why = reason === null ? '' : `: ${reason}`;
  return `${members} not made; ${by} refused that on ${at.slice(0, 10)}${why}`.replace(/[.\s]*$/, '.');
}

/** The refused plan that counts for a group: the one that it holds, or the one before that. */
export function refusedPlan(held: HeldPlan | undefined): number | null {
  if (!held) return null;
  return held.refusal ? held.id : (held.earlier?.id ?? null);
}

/** The object ids whose removal somebody has refused, by the plan that a group holds. */
export async function refusedRemovals(db: Queries, held: HeldPlan): Promise<Set<string>> {
  const id = refusedPlan(held);
  if (id === null) return new Set();
  const rows = await db
    .selectFrom('held_change')
    .select('object_id')
    .where('held_plan_id', '=', id)
    .where('change', '=', 'remove')
    .execute();
  return new Set(rows.map(row => row.object_id));
}

const changeColumns = ['held_plan_id', 'position', 'change', 'object_id', 'name', 'is_foreign'] as const;

/** Who reads a plan looks for names. */
const byName = (one: NamedChange, other: NamedChange) =>
  one.name < other.name ? -1 : one.name > other.name ? 1 : 0;

/** Holds a plan for a group in place of the one held before. */
export async function hold(
  tx: Queries,
  dialect: Store['dialect'],
  targetId: number,
  plan: Pick<HeldPlan, 'kind' | 'digest' | 'reason'> & {
    refusedPlanId: number | null;
    additions: NamedChange[];
    removals: NamedChange[];
    runId: number | null;
  },
  now: Date,
): Promise<void> {
  await release(tx, targetId);
  const { additions, removals } = plan;
  const { id } = await tx
    .insertInto('held_plan')
    .values({
      target_group_id: targetId,
      created_at: now.toISOString(),
      digest: plan.digest,
      kind: plan.kind,
      reason: plan.reason,
      addition_count: additions.length,
      removal_count: removals.length,
      foreign_count: removals.filter(({ foreign }) => foreign).length,
      run_id: plan.runId,
      refused_plan_id: plan.refusedPlanId,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const changes = [
    ...removals.toSorted(byName).map(change => ({ what: 'remove', ...change })),
    ...additions.toSorted(byName).map(change => ({ what: 'add', ...change })),
  ];
  const rows = changes.map(({ what, objectId, name, foreign }, index) => {
    return [id, index + 1, what, objectId, name, foreign ? 1 : 0];
  });
  await dialect.insertMany(tx, 'held_change', changeColumns, rows);
  await tx.updateTable('target_group').set({ held_plan_id: id }).where('id', '=', targetId).execute();
}

/** Ends the holding of a group's plan. One that was approved or refused is kept as a record, another one goes. */
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
    await tx
      .deleteFrom('held_plan')
      .where('id', '=', target.held_plan_id)
      .where('refused_at', 'is', null)
      .execute();
  }
}

/** What of a plan may be sent while its new removals are held. */
export function withoutNewRemovals<P extends { removals: Change[] }>(plan: P): P {
  return { ...plan, removals: plan.removals.filter(({ decided }) => decided) };
}
