import { sql } from 'kysely';
import { Problem } from '../../base/index.ts';
import type { Store } from '../../store/index.ts';

/** What stands in the place of the name of a member that may not be seen. */
const hiddenMember = 'Somebody from a collection that you may not see';

/**
 * The members of a group, by object id, of whom somebody may be told: those who are in a collection that may be seen, or
 * have left one. Undefined: all, since no collection that may not be seen feeds the group.
 * @param visible numbers of the collections that may be seen; undefined: all
 */
export async function seenMembers(
  store: Store,
  visible: readonly number[] | undefined,
  groupId: string,
  objectIds: readonly string[],
): Promise<ReadonlySet<string> | undefined> {
  if (!visible || !(await isShared(store, visible, groupId))) return undefined;
  const nums = store.dialect.among(visible);
  const { rows } = await sql<{ object_id: string }>`
    select distinct ei.object_id from entra_identity ei
    where ei.object_id in ${store.dialect.among(objectIds)} and (
      exists (select 1 from membership m where m.resource_id = ei.resource_id and m.collection_num in ${nums})
      or ei.resource_id in (select resource_id from membership_change where collection_num in ${nums} and change = -1)
    )`.execute(store.db);
  return new Set(rows.map(({ object_id }) => object_id));
}

/** The rows of a list, with the names of who may not be seen kept back. */
export async function maskedRows<
  Row extends { name: string; objectId: string | null; resourceId: number | null },
>(
  store: Store,
  visible: readonly number[] | undefined,
  groupId: string | null,
  rows: readonly Row[],
): Promise<Row[]> {
  if (groupId === null) return [...rows];
  const ids = rows.flatMap(({ objectId }) => objectId ?? []);
  const seen = await seenMembers(store, visible, groupId, ids);
  const isHidden = ({ objectId }: Row) => seen !== undefined && objectId !== null && !seen.has(objectId);
  return rows.map(row =>
    isHidden(row) ? { ...row, name: hiddenMember, objectId: '', resourceId: null } : row,
  );
}

/** Those of a list that may be told, and how many there are beside. */
export function toldOf<Row extends { objectId: string }>(
  rows: readonly Row[],
  seen: ReadonlySet<string> | undefined,
): { told: Row[]; hidden: number } {
  const told = seen ? rows.filter(({ objectId }) => seen.has(objectId)) : [...rows];
  return { told, hidden: rows.length - told.length };
}

/**
 * Refuses what concerns all members of a group to who does not see all collections that feed it.
 * @throws Problem `group-shared`
 */
export async function requireWholeGroup(
  store: Store,
  visible: readonly number[] | undefined,
  groupId: string,
): Promise<void> {
  if (!visible || !(await isShared(store, visible, groupId))) return;
  throw new Problem(
    'forbidden',
    'group-shared',
    'Collections that you may not see feed this group too.',
    'Ask somebody who sees all collections that feed it.',
  );
}

async function isShared(store: Store, visible: readonly number[], groupId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from mapping m join target_group tg on tg.id = m.target_group_id
    where tg.group_id = ${groupId} and m.collection_num not in ${store.dialect.among(visible)} limit 1`.execute(
    store.db,
  );
  return rows.length > 0;
}
