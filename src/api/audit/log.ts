import { type Selectable, sql } from 'kysely';
import type { Clock } from '../../base/index.ts';
import { type AuditTable, type SortField, type Store, sortedPage } from '../../store/index.ts';
import type { Identity } from '../auth/identity.ts';
import type { AuditEntry } from '../contract/index.ts';

/** What somebody is about to do. */
export interface Intent {
  /** Undefined: nobody has signed in. */
  identity: Pick<Identity, 'name' | 'accountId' | 'tokenId'> | undefined;
  address: string;
  /** The name of the route. */
  action: string;
  /** What it is done to: the address of the request. */
  object: string;
}

/** How it ended. Values are without secrets. */
export interface Ending {
  outcome: Exclude<AuditTable['outcome'], 'begun'>;
  /** Of the problem, where it did not succeed. */
  code: string | null;
  before: unknown;
  after: unknown;
}

/** Longer values are cut: a log of changes is no second store. */
const longest = 32_000;

/**
 * Writes that something is about to be done. It is in the store before the change is, so that no change is without
 * its entry; one that stays 'begun' was cut off by the end of the process.
 * @returns the number of the entry
 */
export async function beginEntry(store: Store, intent: Intent, clock: Pick<Clock, 'now'>): Promise<number> {
  const { identity, address, action, object } = intent;
  const { id } = await store.db
    .insertInto('audit')
    .values({
      at: clock.now().toISOString(),
      finished_at: null,
      actor: identity?.name ?? '',
      account_id: identity?.accountId ?? null,
      token_id: identity?.tokenId ?? null,
      address,
      action,
      object,
      before: null,
      after: null,
      outcome: 'begun',
      code: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Completes an entry. The database refuses to do it twice. */
export async function endEntry(
  store: Store,
  id: number,
  { outcome, code, before, after }: Ending,
  clock: Pick<Clock, 'now'>,
): Promise<void> {
  await store.db
    .updateTable('audit')
    .set({
      finished_at: clock.now().toISOString(),
      outcome,
      code,
      before: textOf(before),
      after: textOf(after),
    })
    .where('id', '=', id)
    .execute();
}

/** So many entries are read at once: each may have twice the longest value, and all of a page lie in memory. */
const mostRead = 500;

/** Which entries to read. */
export interface AuditQuery {
  /** Instants in ISO 8601: from, inclusive, and to, exclusive. */
  from?: string | undefined;
  to?: string | undefined;
  actor?: string | undefined;
  action?: string | undefined;
  /** Text that the object contains. */
  object?: string | undefined;
  outcome?: AuditTable['outcome'] | undefined;
  /** Fields joined by commas, with a minus before for the other way round; the latest first when left out. */
  sort?: string | undefined;
  after?: string | undefined;
  /** How many a page holds at most; it never holds more than 500. */
  limit: number;
}

type AuditRow = Selectable<AuditTable>;
const key: SortField<AuditRow> = { column: sql`id`, value: row => row.id };
/** Each with an index (migrations 0006 and 0008): the log is long. Entries are numbered as they come. */
const sortable: Readonly<Record<string, SortField<AuditRow>>> = {
  at: key,
  actor: { column: sql`actor`, value: row => row.actor },
  action: { column: sql`action`, value: row => row.action },
  outcome: { column: sql`outcome`, value: row => row.outcome },
};

/**
 * Entries of the log, a page at a time.
 * @throws Problem `sort-unknown`, `bad-page`
 */
export async function readAudit(
  store: Store,
  query: AuditQuery,
): Promise<{ items: AuditEntry[]; next: string | null }> {
  const { from, to, actor, action, object, outcome } = query;
  const limit = Math.min(query.limit, mostRead);
  const sorted = sortedPage(sortable, key, '-at', query);
  const matching = store.db
    .selectFrom('audit')
    .selectAll()
    .$if(from !== undefined, q => q.where('at', '>=', from ?? ''))
    .$if(to !== undefined, q => q.where('at', '<', to ?? ''))
    .$if(actor !== undefined, q => q.where('actor', '=', actor ?? ''))
    .$if(action !== undefined, q => q.where('action', '=', action ?? ''))
    .$if(object !== undefined, q => q.where(sql<boolean>`instr(object, ${object ?? ''}) > 0`))
    .$if(outcome !== undefined, q => q.where('outcome', '=', outcome ?? 'done'))
    .orderBy(sorted.orderBy);
  const found: AuditRow[] = [];
  for (const stretch of sorted.stretches) {
    const some = stretch ? matching.where(sql<boolean>`${stretch}`) : matching;
    found.push(...(await some.limit(limit + 1 - found.length).execute()));
    if (found.length > limit) break;
  }
  const { rows, next } = sorted.page(found, limit);
  const items = rows.map(row => ({
    id: row.id,
    at: row.at,
    actor: row.actor,
    address: row.address,
    action: row.action,
    object: row.object,
    outcome: row.outcome,
    code: row.code,
    before: row.before === null ? null : JSON.parse(row.before),
    after: row.after === null ? null : JSON.parse(row.after),
  }));
  return { items, next };
}

function textOf(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  const text = JSON.stringify(value);
  return text.length <= longest ? text : JSON.stringify({ cut: text.slice(0, longest) });
}
