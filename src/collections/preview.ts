import { sql } from 'kysely';
import { type Clock, Problem } from '../base/index.ts';
import type { ResourceType, Store } from '../store/index.ts';
import { asSql } from './evaluation/run-query.ts';
import type { CollectionMember } from './members.ts';
import type { PreparedQuery, QueryRules } from './queries.ts';
import { requireQuery } from './rules/query.ts';

/** How many members a preview shows: what ConfigMgr's console offers. */
const previewLimit = { least: 1, most: 10_000, initially: 5_000 };

/** A query to try. */
export interface PreviewOptions {
  type: ResourceType;
  wql: string;
  /** 1 to 10,000; 5,000 when left out. */
  limit?: number | undefined;
  /** Numbers of collections: only their members are found, and only they can be named. Left out: everybody, and all. */
  within?: readonly number[] | undefined;
}

/** What a query finds. */
export interface QueryPreview {
  /** The first by name, at most as many as the limit. */
  members: CollectionMember[];
  /** How many it finds altogether. */
  count: number;
  truncated: boolean;
  elapsedMs: number;
  /** What may make the answer other than it will be: sentences for a person. */
  notes: string[];
}

/** `previewQuery` with the maker of query rules as an argument. */
export async function previewQueryWith(
  store: Store,
  queries: QueryRules,
  { type, wql, limit = previewLimit.initially, within }: PreviewOptions,
  clock: Clock,
): Promise<QueryPreview> {
  requireLimit(limit);
  const began = clock.now();
  const query = requireQuery(queries, wql, type, 'query', within);
  const all = asSql(query.compile(began));
  const found = within
    ? sql`select resource_id from (${all}) as every where exists (
        select 1 from membership as m
        where m.resource_id = every.resource_id and m.collection_num in ${store.dialect.among(within)})`
    : all;
  const { rows: counted } = await sql<{ count: number }>`
    select count(*) as count from (${found}) as answer
    join resource as r on r.id = answer.resource_id`.execute(store.db);
  const { rows: members } = await sql<CollectionMember>`
    select r.id as "resourceId", r.name from (${found}) as answer
    join resource as r on r.id = answer.resource_id
    order by r.name_key, r.id limit ${limit}`.execute(store.db);
  const count = Number(counted[0]?.count ?? 0);
  return {
    members,
    count,
    truncated: count > members.length,
    elapsedMs: clock.now().getTime() - began.getTime(),
    notes: await notesOn(store, query),
  };
}

/** A collection that was never evaluated counts as empty, which must not pass for an answer. */
async function notesOn(store: Store, query: PreparedQuery): Promise<string[]> {
  if (query.readsCollections.length === 0) return [];
  const unevaluated = await store.db
    .selectFrom('collection')
    .select(['id', 'name'])
    .where('evaluated_at', 'is', null)
    .where('num', 'in', query.readsCollections)
    .orderBy('id')
    .execute();
  return unevaluated.map(
    ({ id, name }) =>
      `The query reads the members of "${name}" (${id}), which has not been evaluated yet and counts as empty. Evaluate it first: rollcall collection evaluate ${id}.`,
  );
}

function requireLimit(limit: number): void {
  const { least, most } = previewLimit;
  if (Number.isInteger(limit) && limit >= least && limit <= most) return;
  throw new Problem(
    'invalid',
    'preview-limit-invalid',
    `A preview can not show ${limit} members.`,
    `Give a limit from ${least} to ${most}.`,
  );
}
