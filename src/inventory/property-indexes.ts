import { sql } from 'kysely';
import { z } from 'zod';
import type { Queries, Store } from '../store/index.ts';

/** A scalar property of a class as its table has it. */
export interface StoredColumn {
  /** `classTable` of the class. */
  table: string;
  /** `propertyColumn` of the property. */
  column: string;
}

// Below so many rows a table is read through faster than an index pays for being kept.
const rowsWorthAnIndex = 10_000;
// A column with fewer different values leads to so many rows that reading the table is as good.
const leastVariety = 20;
// Each index makes an import slower.
const mostIndexes = 60;

/** What has been decided about columns, by "table.column". */
const decisions = z.record(z.string(), z.enum(['indexed', 'plain']));
type Decisions = z.infer<typeof decisions>;
const settingKey = 'inventory.property-indexes';

/**
 * Indexes the columns that queries look for values in, where that pays, and drops the indexes of columns that are
 * no longer asked for.
 * @param wanted the columns, the most asked for first; more than 60 are not indexed
 */
export async function keepPropertyIndexes(store: Store, wanted: readonly StoredColumn[]): Promise<void> {
  const before = await readDecisions(store.db);
  const after: Decisions = {};
  const made = new Set<string>();
  for (const place of wanted.slice(0, mostIndexes)) {
    const key = `${place.table}.${place.column}`;
    const decided = before[key] ?? (await decide(store.db, place));
    if (!decided) continue;
    after[key] = decided;
    if (decided === 'plain' || before[key]) continue;
    await store.transaction(tx => create(tx, place));
    made.add(place.table);
  }
  for (const key of Object.keys(before)) {
    const [table = '', column = ''] = key.split('.');
    if (!after[key]) await store.transaction(tx => dropPropertyIndex(tx, { table, column }));
  }
  if (JSON.stringify(before) === JSON.stringify(after)) return;
  // How often values repeat decides which index a query is best begun with.
  for (const table of made) await sql`analyze ${sql.table(table)}`.execute(store.db);
  const value = JSON.stringify(after);
  await store.db
    .insertInto('setting')
    .values({ key: settingKey, value })
    .onConflict(conflict => conflict.column('key').doUpdateSet({ value }))
    .execute();
}

/** Drops the index of a column, if it has one: before the column itself is dropped. */
export async function dropPropertyIndex(tx: Queries, place: StoredColumn): Promise<void> {
  await sql`drop index if exists ${sql.table(indexName(place))}`.execute(tx);
}

/** Undefined: too small to say. */
async function decide(
  db: Queries,
  { table, column }: StoredColumn,
): Promise<'indexed' | 'plain' | undefined> {
  const large =
    await sql`select 1 as there from ${sql.table(table)} limit 1 offset ${rowsWorthAnIndex}`.execute(db);
  if (large.rows.length === 0) return undefined;
  const { rows } = await sql<{ variety: number }>`
    select count(*) as variety from (
      select distinct ${sql.ref(column)} from ${sql.table(table)} limit ${leastVariety}) as value`.execute(
    db,
  );
  return Number(rows[0]?.variety ?? 0) < leastVariety ? 'plain' : 'indexed';
}

async function create(tx: Queries, place: StoredColumn): Promise<void> {
  await sql`create index if not exists ${sql.table(indexName(place))}
    on ${sql.table(place.table)} (${sql.ref(place.column)})`.execute(tx);
}

function indexName({ table, column }: StoredColumn): string {
  return `${table}_by_${column}`;
}

async function readDecisions(db: Queries): Promise<Decisions> {
  const row = await db.selectFrom('setting').select('value').where('key', '=', settingKey).executeTakeFirst();
  return row ? decisions.parse(JSON.parse(row.value)) : {};
}
