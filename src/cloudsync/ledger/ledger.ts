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
  const rows = intentRows(targetId, plan);
  let open = plan.removals.length + plan.additions.length + plan.adopted.length;
  let forgotten = plan.forgotten;
  do {
    const some = Math.min(open, batchSize);
    await store.transaction(async tx => {
      // Rows are made as they are stored: none waits in memory for the others.
      if (some > 0) await store.dialect.insertMany(tx, 'ledger', columns, next(rows, some), 'replace');
      await forget(tx, targetId, forgotten);
      if (some === open) await last(tx);
    });
    forgotten = [];
    open -= some;
  } while (open > 0);
}

/** The next `count` of what an iterator gives, which goes on after them. */
function* next<T>(items: Iterator<T, undefined>, count: number): Generator<T, undefined> {
  for (let n = 0; n < count; n += 1) {
    const { done, value } = items.next();
    if (done) return;
    yield value;
  }
}

type Intent = Pick<Change, 'objectId' | 'resourceId' | 'maybeIn' | 'attempts'>;

function* intentRows(targetId: number, plan: Plan): Generator<SqlValue[], undefined> {
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
 */
export async function recordOutcomes(
  store: Store,
  { targetId, runId, wanted }: { targetId: number; runId: number; wanted: 'in' | 'out' },
  outcomes: readonly MemberOutcome[],
  now: Date,
): Promise<void> {
  const at = now.toISOString();
  const done = outcomes.filter(({ outcome }) => outcome !== 'failed').map(({ objectId }) => objectId);
  const failures = outcomes.filter(outcome => outcome.outcome === 'failed');
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
    const tried = await triesOf(tx, targetId, failures);
    for (const alike of alikeFailures(failures, tried)) {
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

/** How often what has failed now was tried before. */
async function triesOf(
  tx: Queries,
  targetId: number,
  failures: readonly Failure[],
): Promise<Map<string, number>> {
  const tries = new Map<string, number>();
  const failed = failures.map(({ objectId }) => objectId);
  for (const ids of inBatches(failed, idsAtOnce)) {
    const rows = await tx
      .selectFrom('ledger')
      .select(['object_id', 'attempts'])
      .where('target_group_id', '=', targetId)
      .where('object_id', 'in', ids)
      .execute();
    for (const { object_id, attempts } of rows) tries.set(object_id, attempts);
  }
  return tries;
}

/** Failures that differ only in their object, together: many members mostly fail for one reason. */
function alikeFailures(failures: readonly Failure[], tried: ReadonlyMap<string, number>) {
  const alike = new Map<string, { failure: Failure; attempts: number; objectIds: string[] }>();
  for (const failure of failures) {
    const attempts = (tried.get(failure.objectId) ?? 0) + 1;
    const key = JSON.stringify([failure.kind, failure.code, failure.message, attempts]);
    const group = alike.get(key) ?? { failure, attempts, objectIds: [] };
    group.objectIds.push(failure.objectId);
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

/** How many removals from a group Entra has not confirmed yet. */
export async function countOpenRemovals(db: Queries, targetId: number): Promise<number> {
  const { open } = await db
    .selectFrom('ledger')
    .select(({ fn }) => fn.countAll<number>().as('open'))
    .where('target_group_id', '=', targetId)
    .where('wanted', '=', 'out')
    .where('state', '<>', 'done')
    .executeTakeFirstOrThrow();
  return open;
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
