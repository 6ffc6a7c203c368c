import type { Queries } from '../store/index.ts';
import type { CollectionSummary } from './types.ts';

/** The select behind every summary: collections with what limits them. */
export function selectSummaries(db: Queries) {
  return db
    .selectFrom('collection as c')
    .leftJoin('collection as limiting', 'limiting.num', 'c.limiting_num')
    .selectAll('c')
    .select([
      'limiting.id as limiting_id',
      'limiting.name as limiting_name',
      'limiting.name_key as limiting_name_key',
    ]);
}

/** A row of `selectSummaries`. */
export type SummaryRow = Awaited<ReturnType<ReturnType<typeof selectSummaries>['executeTakeFirstOrThrow']>>;

/** The row, told to the outside. */
export function summaryOf(row: SummaryRow): CollectionSummary {
  return {
    id: row.id,
    name: row.name,
    type: row.type,
    limitingCollectionId: row.limiting_id,
    limitingCollectionName: row.limiting_name,
    memberCount: row.member_count,
    builtIn: row.built_in === 1,
    incremental: row.incremental === 1,
    schedule: row.schedule,
    comment: row.comment,
    evaluationPending: row.stale > 0,
    evaluatedAt: row.evaluated_at,
    fullyEvaluatedAt: row.fully_evaluated_at,
    evaluationMs: row.evaluation_ms,
    lastJoined: row.last_joined,
    lastLeft: row.last_left,
    membershipChangedAt: row.membership_changed_at,
    error: row.error,
    createdAt: row.created_at,
  };
}

/** The summary of one collection by its number. */
export async function summaryByNum(db: Queries, num: number): Promise<CollectionSummary> {
  return summaryOf(await selectSummaries(db).where('c.num', '=', num).executeTakeFirstOrThrow());
}
