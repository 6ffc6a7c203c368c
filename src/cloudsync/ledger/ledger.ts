import { sql } from 'kysely';
import type { Queries, SqlValue, Store } from '../../store/index.ts';
import type { Change, Plan } from '../plan.ts';
import type { MemberOutcome } from '../ports.ts';
import { reasonOf } from '../run/reasons.ts';
import { isUncertain, nextTry } from '../run/retry.ts';
import { noteOutcomes } from '../run/run-changes.ts';

/** Rows in one transaction: long enough to be quick, short enough not to keep other writers waiting. */
const batchSize = 5_000;
/** Object ids in one statement. */
const idsAtOnce = 500;

const columns = [
  'target_group_id',
  'object_id',
  'resource_id',
  'wanted',
  'state',
  'maybe_in',
  'code',
  'reason',
  'hint',
  'attempts',
  'last_tried',
  'next_try',
  'confirmed_at',
] as const;

/**
 * Stores what a run is about to send, so that a crash from here on loses nothing, and what it found to be right
 * already. `last` is done in the transaction that stores the last of it.
 */
export async function storeIntents(
  store: Store,
  targetId: number,
  plan: Plan,
  last: (tx: Queries) => Promise<void>,
): Promise<void> {
  const batches = inBatches(intentRows(targetId, plan), batchSize);
  let batch = batches.next();
  let forgotten = plan.forgotten;
  do {
    const rows = batch.done ? [] : batch.value;
    batch = batches.next();
    const isLast = batch.done === true;
    await store.transaction(async tx => {
      if (rows.length > 0) await store.dialect.insertMany(tx, 'ledger', columns, rows, 'replace');
      await forget(tx, targetId, forgotten);
      forgotten = [];
      if (isLast) await last(tx);
    });
  } while (!batch.done);
}

type Intent = Pick<Change, 'objectId' | 'resourceId' | 'maybeIn' | 'attempts'>;

function* intentRows(targetId: number, plan: Plan): Generator<SqlValue[]> {
  const row = (change: Intent, wanted: 'in' | 'out', state: 'pending' | 'done'): SqlValue[] => {
    const { objectId, resourceId, maybeIn, attempts } = change;
    const maybe = maybeIn ? 1 : 0;
    return [
      targetId,
      objectId,
      resourceId,
      wanted,
      state,
      maybe,
      null,
      null,
      null,
      attempts,
      null,
      null,
      null,
    ];
  };
  for (const change of plan.removals) yield row(change, 'out', 'pending');
  for (const change of plan.additions) yield row(change, 'in', 'pending');
  for (const adopted of plan.adopted) yield row({ ...adopted, maybeIn: false, attempts: 0 }, 'in', 'done');
}

async function forget(tx: Queries, targetId: number, objectIds: readonly string[]): Promise<void> {
  for (const ids of inBatches(objectIds, idsAtOnce)) {
    await tx
      .deleteFrom('ledger')
      .where('target_group_id', '=', targetId)
      .where('object_id', 'in', ids)
      .execute();
  }
}

/**
 * Writes down what became of some members of a change, in the ledger and in the record of the run. Where the ledger
 * wants the contrary by now, another run has taken the group over, and the answer is of the past.
 * @param wanted what the change was to bring about
 * @param attempts tries of each object before this one; absent: none
 */
export async function recordOutcomes(
  store: Store,
  { targetId, runId, wanted }: { targetId: number; runId: number; wanted: 'in' | 'out' },
  outcomes: readonly MemberOutcome[],
  attempts: ReadonlyMap<string, number>,
  now: Date,
): Promise<void> {
  const at = now.toISOString();
  const done = outcomes.filter(outcome => outcome.outcome !== 'failed').map(({ objectId }) => objectId);
  await store.transaction(async tx => {
    await noteOutcomes(tx, store.dialect, runId, outcomes);
    for (const ids of inBatches(done, idsAtOnce)) {
      await tx
        .updateTable('ledger')
        .set({ state: 'done', last_tried: at, confirmed_at: at, next_try: null })
        .set({ maybe_in: 0, code: null, reason: null, hint: null, attempts: 0 })
        .where('target_group_id', '=', targetId)
        .where('wanted', '=', wanted)
        .where('object_id', 'in', ids)
        .execute();
    }
    for (const alike of alikeFailures(outcomes, attempts)) {
      const { failure, attempts, objectIds } = alike;
      for (const ids of inBatches(objectIds, idsAtOnce)) {
        await tx
          .updateTable('ledger')
          .set({ state: 'failed', code: failure.code, ...reasonOf(failure), attempts })
          .set({ last_tried: at, next_try: nextTry(failure.kind, attempts, now).toISOString() })
          .$if(isUncertain(failure.kind), update => update.set({ maybe_in: 1 }))
          .where('target_group_id', '=', targetId)
          .where('wanted', '=', wanted)
          .where('object_id', 'in', ids)
          .execute();
      }
    }
  });
}

type Failure = Extract<MemberOutcome, { outcome: 'failed' }>;

/** Failures that differ only in their object, together: many members mostly fail for one reason. */
function alikeFailures(outcomes: readonly MemberOutcome[], attempts: ReadonlyMap<string, number>) {
  const alike = new Map<string, { failure: Failure; attempts: number; objectIds: string[] }>();
  for (const outcome of outcomes) {
    if (outcome.outcome !== 'failed') continue;
    const tries = (attempts.get(outcome.objectId) ?? 0) + 1;
    const key = JSON.stringify([outcome.kind, outcome.code, outcome.message, tries]);
    const group = alike.get(key) ?? { failure: outcome, attempts: tries, objectIds: [] };
    group.objectIds.push(outcome.objectId);
    alike.set(key, group);
  }
  return alike.values();
}

/** What stands open and done in a group's ledger. */
export interface LedgerCounts {
  /** Wanted in, and in. */
  done: number;
  pending: number;
  failed: number;
}

/** Counts of a group's ledger; `failed` and `pending` count removals also. */
export async function countLedger(db: Queries, targetId: number): Promise<LedgerCounts> {
  const { rows } = await sql<{ wanted: 'in' | 'out'; state: string; n: number }>`
    select wanted, state, count(*) as n from ledger where target_group_id = ${targetId}
    group by wanted, state`.execute(db);
  const sum = (fits: (row: { wanted: string; state: string }) => boolean) =>
    rows.filter(fits).reduce((total, row) => total + Number(row.n), 0);
  return {
    done: sum(row => row.wanted === 'in' && row.state === 'done'),
    pending: sum(row => row.state === 'pending'),
    failed: sum(row => row.state === 'failed'),
  };
}

/** Drops what is long confirmed to be out: nothing asks about it any more. */
export async function dropSettledRemovals(db: Queries, targetId: number, before: Date): Promise<void> {
  await db
    .deleteFrom('ledger')
    .where('target_group_id', '=', targetId)
    .where('wanted', '=', 'out')
    .where('state', '=', 'done')
    .where('confirmed_at', '<', before.toISOString())
    .execute();
}

function* inBatches<T>(items: Iterable<T>, size: number): Generator<T[], undefined> {
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length === size) {
      yield batch;
      batch = [];
    }
  }
  if (batch.length > 0) yield batch;
}
