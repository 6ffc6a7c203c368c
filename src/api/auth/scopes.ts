import { sql } from 'kysely';
import { Problem } from '../../base/index.ts';
import { numsOf } from '../../collections/index.ts';
import type { Queries, Store } from '../../store/index.ts';
import type { Identity } from './identity.ts';

/** Whose limits are stored: an account's or a token's. */
export type Owner = 'account' | 'token';

const tables = { account: 'account_scope', token: 'token_scope' } as const;

/** The collections that an account or token is limited to; null: no limit. */
export type LimitedTo = { num: number; id: string; name: string }[] | null;

/** The limit of one owner. */
export async function loadLimit(db: Queries, owner: Owner, id: number, scoped: number): Promise<LimitedTo> {
  if (scoped === 0) return null;
  return (await loadLimits(db, owner, [id])).get(id) ?? [];
}

/** The limits of several owners at once. Whoever is limited to collections that are all gone has an empty one. */
export async function loadLimits(
  db: Queries,
  owner: Owner,
  ids: readonly number[],
): Promise<Map<number, { num: number; id: string; name: string }[]>> {
  const rows =
    ids.length === 0
      ? []
      : await db
          .selectFrom(tables[owner])
          .innerJoin('collection', 'collection.num', `${tables[owner]}.collection_num`)
          .select([
            `${tables[owner]}.owner_id as owner`,
            'collection.num',
            'collection.id',
            'collection.name',
          ])
          .where(`${tables[owner]}.owner_id`, 'in', ids)
          .orderBy('collection.name_key')
          .execute();
  const limits = new Map<number, { num: number; id: string; name: string }[]>();
  for (const { owner: id, ...collection } of rows) {
    limits.set(id, [...(limits.get(id) ?? []), collection]);
  }
  return limits;
}

/**
 * Stores the limit of an owner.
 * @param refs ids or names of collections
 * @throws Problem `collection-not-found`
 */
export async function saveLimit(
  tx: Queries,
  owner: Owner,
  id: number,
  refs: readonly string[] | null,
): Promise<void> {
  await tx.deleteFrom(tables[owner]).where('owner_id', '=', id).execute();
  if (refs === null || refs.length === 0) return;
  const nums = await numsOf(tx, refs);
  await tx
    .insertInto(tables[owner])
    .values([...nums].map(collection_num => ({ owner_id: id, collection_num })))
    .execute();
}

/**
 * The numbers of all collections that somebody may see: those it is limited to and what is limited to them in turn.
 * @returns undefined when it may see all
 */
export async function visibleTo(
  store: Store,
  { limits }: Pick<Identity, 'limits'>,
): Promise<readonly number[] | undefined> {
  const [first, ...others] = limits;
  if (!first) return undefined;
  let seen = await below(store, first);
  for (const other of others) {
    const also = new Set(await below(store, other));
    seen = seen.filter(num => also.has(num));
  }
  return seen;
}

async function below(store: Store, roots: readonly number[]): Promise<number[]> {
  const { rows } = await sql<{ num: number }>`
    with recursive seen (num) as (
      select num from collection where num in ${store.dialect.among(roots)}
      union
      select c.num from collection c join seen on c.limiting_num = seen.num
    ) select num from seen`.execute(store.db);
  return rows.map(({ num }) => num);
}

/**
 * Refuses collections that are not seen, in the words for those that do not exist: their names are not told.
 * @throws Problem `collection-not-found`
 */
export async function requireSeen(
  store: Store,
  visible: readonly number[],
  refs: readonly string[],
): Promise<void> {
  const seen = new Set(visible);
  for (const ref of refs) {
    const [num] = await numsOf(store.db, [ref]);
    if (num !== undefined && seen.has(num)) continue;
    throw new Problem(
      'not-found',
      'collection-not-found',
      `There is no collection "${ref}".`,
      'Give its id or its name; `collection list --search` finds it.',
    );
  }
}

/**
 * Refuses to map collections to who does not see the built-in collection of their kind, as ConfigMgr does (facts:
 * the administrator who maps has access to All Systems).
 * @throws Problem `built-in-not-seen`
 */
export async function requireBuiltIn(
  store: Store,
  visible: readonly number[],
  refs: readonly string[],
): Promise<void> {
  const nums = await numsOf(store.db, refs);
  const { rows } = await sql<{ num: number; name: string }>`
    select distinct b.num, b.name from collection c
    join collection b on b.built_in = 1 and b.type = c.type and b.limiting_num is null
    where c.num in ${store.dialect.among([...nums])}`.execute(store.db);
  const lacking = rows.find(({ num }) => !visible.includes(num));
  if (!lacking) return;
  throw new Problem(
    'forbidden',
    'built-in-not-seen',
    `To map a collection one must have access to ${lacking.name}.`,
    'Ask somebody who is not limited to some collections.',
  );
}

/** The problem of a request that concerns the whole site, from somebody who is limited to a part. */
export function wholeSite(): Problem {
  return new Problem(
    'forbidden',
    'outside-scope',
    'This concerns the whole site, and you are limited to some collections.',
    'Name a collection of yours, or ask somebody who is not limited.',
  );
}
