import { type RawBuilder, sql } from 'kysely';
import { fold, Problem } from '../base/index.ts';
import type { ResourceType, Store } from '../store/index.ts';
import { chunks } from './chunks.ts';
import type { Document } from './document.ts';
import { parseDocument, type StoredResource } from './resource-row.ts';

/** A resource in a list. */
export interface ResourceSummary {
  id: number;
  type: ResourceType;
  name: string;
  externalId: string | null;
  source: string;
  entraDeviceId: string | null;
  entraUserId: string | null;
  userPrincipalName: string | null;
  onPremisesSid: string | null;
  updatedAt: string;
}

/** Everything known of a resource; values as the source gave them. */
export interface ResourceDetail extends ResourceSummary {
  properties: Document['properties'];
  inventory: Document['inventory'];
  /** The Entra object that it is, in each cloud service; none: Not in Entra. */
  identities: { cloudServiceId: number; objectId: string }[];
  createdAt: string;
}

/** A part of a list; `after` is the `next` of the page before. */
export interface ResourceQuery {
  type?: ResourceType;
  /** The beginning of a name, in any case. */
  search?: string;
  after?: string;
  limit: number;
  /** `name` (when left out), or `-name` for the other way round; one type after the other all the same. */
  sort?: string | undefined;
  /** Whether to count how many there are on all pages. */
  total?: boolean | undefined;
  /** A subquery that gives the ids of those to list. Left out: all are. */
  among?: RawBuilder<unknown> | undefined;
}

/**
 * Resources by type and name, a page at a time; `next` is null on the last.
 * @throws Problem when `after` is not a `next` of before
 */
export async function listResources(
  store: Store,
  query: ResourceQuery,
): Promise<{ resources: ResourceSummary[]; next: string | null; total?: number }> {
  const { type, after, limit, sort = 'name' } = query;
  if (sort !== 'name' && sort !== '-name') throw sortUnknown(sort);
  const counted = query.total ? { total: await count(store, query) } : {};
  const resources: ResourceSummary[] = [];
  let position = after === undefined ? undefined : parsePosition(after);
  // One type after the other: each page is then a stretch of the index by type and name.
  for (const one of type ? [type] : (['device', 'user'] as const)) {
    if (position && position.type !== one && position.type === 'user') continue;
    const from = position?.type === one ? position : undefined;
    position = from ? undefined : position;
    const rows = await page(store, one, query, from, limit + 1 - resources.length);
    for (const row of rows) {
      const last = resources.at(-1);
      if (resources.length === limit && last) return { resources, next: positionOf(last), ...counted };
      resources.push(summary(row));
    }
  }
  return { resources, next: null, ...counted };
}

async function count(store: Store, query: ResourceQuery): Promise<number> {
  let total = 0;
  for (const type of query.type ? [query.type] : (['device', 'user'] as const)) {
    const row = await matching(store, type, query)
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    total += Number(row.count);
  }
  return total;
}

function sortUnknown(sort: string): Problem {
  return new Problem(
    'invalid',
    'sort-unknown',
    `Resources can not be sorted by "${sort}".`,
    'Sort them by name, or by -name for the other way round.',
  );
}

async function page(
  store: Store,
  type: ResourceType,
  query: ResourceQuery,
  from: Position | undefined,
  limit: number,
): Promise<StoredResource[]> {
  const backwards = query.sort === '-name';
  let rows = matching(store, type, query).selectAll();
  if (from) {
    rows = rows.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('name_key', 'id'), backwards ? '<' : '>', tuple(from.nameKey, from.id)),
    );
  }
  const direction = backwards ? 'desc' : 'asc';
  return rows.orderBy('name_key', direction).orderBy('id', direction).limit(limit).execute();
}

function matching(store: Store, type: ResourceType, { search, among }: ResourceQuery) {
  const start = search === undefined ? '' : fold(search);
  let query = store.db.selectFrom('resource').where('type', '=', type);
  if (start !== '') query = query.where('name_key', '>=', start).where('name_key', '<', `${start}\u{10ffff}`);
  return among ? query.where(sql<boolean>`id in (${among})`) : query;
}

interface Position {
  type: ResourceType;
  nameKey: string;
  id: number;
}

function positionOf(last: ResourceSummary): string {
  return Buffer.from(JSON.stringify([last.type, fold(last.name), last.id])).toString('base64url');
}

function parsePosition(text: string): Position {
  const problem = () =>
    new Problem(
      'invalid',
      'bad-page',
      'The page asked for does not exist.',
      'Start again from the first page.',
    );
  try {
    const [type, nameKey, id] = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown[];
    const sound =
      (type === 'device' || type === 'user') && typeof nameKey === 'string' && typeof id === 'number';
    if (!sound) throw problem();
    return { type, nameKey, id };
  } catch {
    throw problem();
  }
}

/**
 * One resource by its id, name, externalId or user principal name.
 * @throws Problem `resource-not-found`, or `resource-ambiguous` with the ids to choose from
 */
export async function getResource(store: Store, ref: string, type?: ResourceType): Promise<ResourceDetail> {
  const found = await meant(store, ref, type);
  const [only] = found;
  if (!only) {
    throw new Problem(
      'not-found',
      'resource-not-found',
      `There is no ${type ?? 'resource'} "${ref}".`,
      'Look for it with: rollcall resource list.',
    );
  }
  if (found.length > 1) {
    throw new Problem(
      'conflict',
      'resource-ambiguous',
      `"${ref}" may be ${found.length} resources: ${found
        .slice(0, 5)
        .map(row => `${row.type} ${row.id}`)
        .join(', ')}.`,
      'Name it by its resource id.',
    );
  }
  const identities = await store.db
    .selectFrom('entra_identity')
    .select(['cloud_service_id as cloudServiceId', 'object_id as objectId'])
    .where('resource_id', '=', only.id)
    .execute();
  return {
    ...summary(only),
    ...parseDocument(only.document),
    identities,
    createdAt: only.created_at,
  };
}

/** The first way of naming that finds something decides: id, externalId, user principal name, name. */
async function meant(store: Store, ref: string, type: ResourceType | undefined): Promise<StoredResource[]> {
  const base = () => {
    const query = store.db.selectFrom('resource').selectAll().limit(20);
    return query.where('type', 'in', type ? [type] : ['device', 'user']);
  };
  if (/^\d{1,15}$/.test(ref)) {
    const byId = await base().where('id', '=', Number(ref)).execute();
    if (byId.length > 0) return byId;
  }
  const byExternalId = await base().where('external_id', '=', ref).execute();
  if (byExternalId.length > 0) return byExternalId;
  const byName = await base().where('name_key', '=', fold(ref)).execute();
  if (byName.length > 0) return byName;
  return base().where('upn_key', '=', fold(ref)).execute();
}

/** The ids of the resources of a type that bear each name, in any case; names that nobody bears have an empty list. */
export async function findResources(
  store: Store,
  type: ResourceType,
  names: readonly string[],
): Promise<Map<string, number[]>> {
  const byKey = new Map<string, number[]>();
  for (const name of names) byKey.set(fold(name), []);
  for (const list of chunks(byKey.keys())) {
    const rows = await store.db
      .selectFrom('resource')
      .select(['id', 'name_key'])
      .where('type', '=', type)
      .where('name_key', 'in', list)
      .orderBy('id')
      .execute();
    for (const row of rows) byKey.get(row.name_key)?.push(row.id);
  }
  return new Map(names.map(name => [name, byKey.get(fold(name)) ?? []]));
}

function summary(row: StoredResource): ResourceSummary {
  return {
    id: row.id,
    type: row.type,
    name: row.name,
    externalId: row.external_id,
    source: row.source,
    entraDeviceId: row.entra_device_id,
    entraUserId: row.entra_user_id,
    userPrincipalName: row.user_principal_name,
    onPremisesSid: row.on_premises_sid,
    updatedAt: row.updated_at,
  };
}
