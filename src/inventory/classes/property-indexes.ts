import { sql } from 'kysely';
import { z } from 'zod';
import type { Queries, Store } from '../../store/index.ts';

/** Where the values of a property are: the column of a class's table, or an array property's rows in resource_value. */
export type StoredValues = { table: string; column: string } | { arrayProperty: number };

// Below so many rows a table is read through faster than an index pays for being kept.
const rowsWorthAnIndex = 10_000;
// A column with fewer different values leads to so many rows that reading the table is as good.
const leastVariety = 20;
// Each index makes an import slower.
const mostIndexes = 60;

/** What has been decided about places, by `keyOf`. */
const decisions = z.record(z.string(), z.enum(['indexed', 'plain']));
type Decisions = z.infer<typeof decisions>;
const settingKey = 'inventory.property-indexes';

/**
 * Indexes the values that queries look for, where that pays, and drops the indexes of those that are no longer asked
 * for. So a site without rules, as every site is at its first import, has none to keep.
 * @param wanted the places, the most asked for first; more than 60 are not indexed
 */
export async function keepPropertyIndexes(store: Store, wanted: readonly StoredValues[]): Promise<void> {
  const before = await readDecisions(store.db);
  const after: Decisions = {};
  const made = new Set<string>();
  for (const place of wanted.slice(0, mostIndexes)) {
    const key = keyOf(place);
    const decided = before[key] ?? (await decide(store.db, place));
    if (!decided) continue;
    after[key] = decided;
    if (decided === 'plain' || before[key]) continue;
    await store.transaction(tx => create(tx, place));
    made.add(tableOf(place));
  }
  for (const key of Object.keys(before)) {
    if (!after[key]) await store.transaction(tx => dropPropertyIndex(tx, placeOf(key)));
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

/** Drops the index of a property's values, if there is one: before a column itself is dropped. */
export async function dropPropertyIndex(tx: Queries, place: StoredValues): Promise<void> {
  await sql`drop index if exists ${sql.table(indexName(place))}`.execute(tx);
}

/** Undefined: too small to say. */
async function decide(db: Queries, place: StoredValues): Promise<'indexed' | 'plain' | undefined> {
  const table = sql.table(tableOf(place));
  const large = await sql`select 1 as there from ${table} limit 1 offset ${rowsWorthAnIndex}`.execute(db);
  if (large.rows.length === 0) return undefined;
  // Among the rows of all arrays its own are few, and reading through the table means reading the others too.
  if ('arrayProperty' in place) return 'indexed';
  const { rows } = await sql<{ variety: number }>`
    select count(*) as variety from (
      select distinct ${sql.ref(place.column)} from ${table} limit ${leastVariety}) as value`.execute(db);
  return Number(rows[0]?.variety ?? 0) < leastVariety ? 'plain' : 'indexed';
}

async function create(tx: Queries, place: StoredValues): Promise<void> {
  const index = sql.table(indexName(place));
  if ('arrayProperty' in place) {
    await sql`create index if not exists ${index} on resource_value (value, resource_id)
      where property_id = ${sql.lit(place.arrayProperty)}`.execute(tx);
  } else {
    await sql`create index if not exists ${index}
      on ${sql.table(place.table)} (${sql.ref(place.column)})`.execute(tx);
  }
}

const arrayTable = 'resource_value';

function tableOf(place: StoredValues): string {
  return 'arrayProperty' in place ? arrayTable : place.table;
}

/** "table.column", and for an array property "resource_value.p<id>". */
function keyOf(place: StoredValues): string {
  return 'arrayProperty' in place
    ? `${arrayTable}.p${place.arrayProperty}`
    : `${place.table}.${place.column}`;
}

function placeOf(key: string): StoredValues {
  const [table = '', column = ''] = key.split('.');
  return table === arrayTable ? { arrayProperty: Number(column.slice(1)) } : { table, column };
}

function indexName(place: StoredValues): string {
  return keyOf(place).replace('.', '_by_');
}

async function readDecisions(db: Queries): Promise<Decisions> {
  const row = await db.selectFrom('setting').select('value').where('key', '=', settingKey).executeTakeFirst();
  return row ? decisions.parse(JSON.parse(row.value)) : {};
}
