import { sql } from 'kysely';
import { type Clock, silent, systemClock, type WorkContext } from '../../src/base/index.ts';
import {
  addRule,
  collectionMembers,
  createCollection,
  type EvaluationOptions,
  evaluate,
  type NewCollection,
  type NewRule,
} from '../../src/collections/index.ts';
import { importResources, type ResourceRecord } from '../../src/inventory/index.ts';
import { openSqlite, type Store } from '../../src/store/index.ts';

/** A clock that stands still until it is moved. */
class TestClock implements Clock {
  #now = Date.parse('2026-03-01T08:00:00Z');
  now = () => new Date(this.#now);
  sleep = systemClock.sleep;
  forward(minutes: number): void {
    this.#now += minutes * 60_000;
  }
}

/** A store of its own with shorthands for what tests of collections do. */
export interface World {
  store: Store;
  clock: TestClock;
  work: WorkContext;
  /** Takes resources in; a text is a device of that name. */
  bring(...records: (string | ResourceRecord)[]): Promise<void>;
  /** Makes a device collection with rules; returns its id. */
  collection(given: Partial<NewCollection> & { name: string }, ...rules: NewRule[]): Promise<string>;
  evaluate(options?: EvaluationOptions): ReturnType<typeof evaluate>;
  /** Names of the members as last evaluated. */
  members(ref: string): Promise<string[]>;
  /** Names that the feed of changes folds up to. */
  folded(ref: string): Promise<string[]>;
}

/** Opens an empty world in memory. */
export async function openWorld(file = ':memory:'): Promise<World> {
  const store = await openSqlite(file);
  const clock = new TestClock();
  const work = { clock, report: silent, signal: new AbortController().signal };
  return {
    store,
    clock,
    work,
    bring: (...records) => bring(store, records, work),
    async collection(given, ...rules) {
      const { id } = await createCollection(store, { type: 'device', ...given }, clock);
      for (const rule of rules) await addRule(store, id, rule);
      return id;
    },
    evaluate: (options = { mode: 'incremental' }) => evaluate(store, options, work),
    async members(ref) {
      const page = await collectionMembers(store, ref, { limit: 10_000 });
      return page.members.map(member => member.name);
    },
    async folded(ref) {
      const rows = await sql<{ name: string }>`
        select r.name, sum(m.change) as balance from membership_change as m
        join collection as c on c.num = m.collection_num
        left join resource as r on r.id = m.resource_id
        where c.id = ${ref} or c.name = ${ref}
        group by m.resource_id having sum(m.change) <> 0 order by r.name_key`.execute(store.db);
      return rows.rows.map(row => row.name);
    },
  };
}

async function bring(store: Store, records: (string | ResourceRecord)[], work: WorkContext): Promise<void> {
  async function* lines() {
    for (const [at, record] of records.entries()) {
      const full = typeof record === 'string' ? { type: 'device' as const, name: record } : record;
      yield { line: at + 1, record: full };
    }
  }
  const result = await importResources(
    store,
    lines(),
    { source: 'test', complete: false, approve: true },
    work,
  );
  if (result.rejected > 0) throw new Error(JSON.stringify(result.errors));
}
