import type { Selectable } from 'kysely';
import { fold, Problem } from '../base/index.ts';
import type { CollectionTable, Queries } from '../store/index.ts';

/** A collection's row as it is in the store. */
export type CollectionRow = Selectable<CollectionTable>;

/**
 * The collection that a reference names: its id or its name, in any case. An id wins over a name that looks like it.
 * @throws Problem collection-not-found
 */
export async function requireCollection(db: Queries, ref: string): Promise<CollectionRow> {
  const rows = await db
    .selectFrom('collection')
    .selectAll()
    .where(where => where.or([where('id', '=', idOf(ref)), where('name_key', '=', fold(ref))]))
    .execute();
  const found = rows.find(row => row.id === idOf(ref)) ?? rows[0];
  if (found) return found;
  throw new Problem(
    'not-found',
    'collection-not-found',
    `There is no collection "${ref}".`,
    'Give its id or its name; `collection list --search` finds it.',
  );
}

/** The numbers of the collections that the references name. */
export async function numsOf(db: Queries, refs: readonly string[]): Promise<Set<number>> {
  const nums = new Set<number>();
  for (const ref of refs) nums.add((await requireCollection(db, ref)).num);
  return nums;
}

/** Refuses what would change a built-in collection. */
export function requireOwn(row: CollectionRow): void {
  if (row.built_in === 0) return;
  throw new Problem(
    'forbidden',
    'collection-built-in',
    `${row.name} (${row.id}) is built in and can not be changed or deleted.`,
    'Make a collection of your own that is limited to it.',
  );
}

function idOf(ref: string): string {
  return ref.trim().toUpperCase();
}
