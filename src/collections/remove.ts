import { sql } from 'kysely';
import { Problem } from '../base/index.ts';
import type { Queries, Store } from '../store/index.ts';
import type { QueryRules } from './queries.ts';
import { type CollectionRow, requireCollection, requireOwn } from './reference.ts';
import { type Use, usesOf } from './uses.ts';

/** What is to become of those that use a deleted collection. */
export interface DeleteOptions {
  /**
   * false: a collection that others use is not deleted. true: collections limited to it are deleted with it, and
   * include, exclude and query rules that name any of these are taken out of the other collections.
   */
  cascade: boolean;
}

/** What a deletion took away. */
export interface DeletedCollections {
  deleted: { id: string; name: string }[];
  /** Rules that were taken out of collections that stay. */
  rulesRemoved: { collectionId: string; collectionName: string; use: Use['use'] }[];
}

/** `deleteCollection` with the maker of query rules as an argument. */
export async function deleteCollectionWith(
  store: Store,
  queries: QueryRules,
  ref: string,
  { cascade }: DeleteOptions,
): Promise<DeletedCollections> {
  return store.transaction(async tx => {
    const row = await requireCollection(tx, ref);
    requireOwn(row);
    const { doomed, rules } = await reach(tx, row, cascade, queries);
    await refuseMapped(tx, doomed);
    await dropRules(tx, rules);
    for (const one of doomed) await drop(tx, one);
    return {
      deleted: doomed.map(({ id, name }) => ({ id, name })),
      rulesRemoved: rules.map(({ id, name, use }) => ({ collectionId: id, collectionName: name, use })),
    };
  });
}

/** What goes with a collection: it and all that is limited to it, in the order of deletion, and others' rules. */
async function reach(
  tx: Queries,
  row: CollectionRow,
  cascade: boolean,
  queries: QueryRules,
): Promise<{ doomed: CollectionRow[]; rules: Use[] }> {
  const doomed = new Map<number, CollectionRow>([[row.num, row]]);
  const rules = new Map<number, Use>();
  for (const one of doomed.values()) {
    const uses = await usesOf(tx, one, queries);
    if (uses.length > 0 && !cascade) throw inUse(one, uses);
    for (const use of uses) {
      if (use.rule !== null) rules.set(use.rule, use);
      else if (!doomed.has(use.num)) doomed.set(use.num, await requireCollection(tx, use.id));
    }
  }
  return {
    doomed: [...doomed.values()].reverse(),
    rules: [...rules.values()].filter(use => !doomed.has(use.num)),
  };
}

function inUse(row: CollectionRow, uses: readonly Use[]): Problem {
  const words = {
    limiting: 'is limited to it',
    include: 'includes it',
    exclude: 'excludes it',
    query: 'names it in a query',
  };
  const named = uses.slice(0, 5).map(use => `${use.name} (${use.id}) ${words[use.use]}`);
  const more = uses.length > 5 ? `, and ${uses.length - 5} more` : '';
  return new Problem(
    'conflict',
    'collection-in-use',
    `${row.name} (${row.id}) is used by other collections: ${named.join(', ')}${more}.`,
    'Change these first, or delete with --cascade: what is limited to it goes too, and rules that name it are removed.',
  );
}

async function refuseMapped(tx: Queries, rows: readonly CollectionRow[]): Promise<void> {
  for (const row of rows) {
    const groups = await tx
      .selectFrom('mapping')
      .innerJoin('target_group', 'target_group.id', 'mapping.target_group_id')
      .select('target_group.name')
      .where('mapping.collection_num', '=', row.num)
      .execute();
    if (groups.length === 0) continue;
    throw new Problem(
      'conflict',
      'collection-mapped',
      `${row.name} (${row.id}) feeds ${groups.map(group => group.name).join(', ')}.`,
      'Remove the mapping first with `cloud-sync remove`, and say there what becomes of the group.',
    );
  }
}

async function dropRules(tx: Queries, rules: readonly Use[]): Promise<void> {
  for (const { rule, num } of rules) {
    await tx.deleteFrom('collection_rule').where('id', '=', rule).execute();
    await tx
      .updateTable('collection')
      .set({ stale: sql<number>`stale + 1` })
      .where('num', '=', num)
      .execute();
  }
}

async function drop(tx: Queries, { num }: CollectionRow): Promise<void> {
  await tx
    .deleteFrom('collection_rule')
    .where(where => where.or([where('collection_num', '=', num), where('other_num', '=', num)]))
    .execute();
  await tx.deleteFrom('membership').where('collection_num', '=', num).execute();
  await tx.deleteFrom('membership_change').where('collection_num', '=', num).execute();
  await tx.deleteFrom('collection').where('num', '=', num).execute();
}
