import { type RawBuilder, sql } from 'kysely';
import { Problem } from '../../base/index.ts';
import { type Queries, type SortField, type Store, sortedPage } from '../../store/index.ts';
import { type FoundCollection, findCollection, mappedGroups } from '../refs.ts';
import { isCounted, loadMarks } from './counts.ts';

export type MemberStatusWord = 'Success' | 'In Progress' | 'Failed' | 'Not in Entra';

/** A member of a mapping, as synchronization sees it. */
export interface MappingMember {
  name: string;
  resourceId: number | null;
  objectId: string | null;
  status: MemberStatusWord;
  code: string | null;
  reason: string | null;
  hint: string | null;
  attempts: number;
  lastTried: string | null;
  nextTry: string | null;
  /** The group that it is to leave, whoever fed it; null: it is a member of the collection. */
  leaves: string | null;
}

/** Which members are asked for. */
export interface MembersQuery {
  /** Object id or name of the group; needed where a collection has several and one is meant. */
  group?: string | undefined;
  status?: MemberStatusWord | undefined;
  /** The page's position as an answer before gave it. */
  after?: string | undefined;
  limit: number;
  /** `resourceId` (when left out), or `name`; with a minus before for the other way round. */
  sort?: string | undefined;
  /** Whether to tell how many there are, as counted last. */
  total?: boolean | undefined;
}

interface MemberRow {
  name: string | null;
  name_key: string;
  resource_id: number | null;
  object_id: string | null;
  status: MemberStatusWord;
  code: string | null;
  reason: string | null;
  hint: string | null;
  attempts: number | null;
  last_tried: string | null;
  next_try: string | null;
  leaves: string | null;
}

/**
 * The members of a mapping with their status: those of the collection in the order asked for, and after them whoever has left it but is not out of the group yet.
 * @throws Problem when the collection or the mapping does not exist
 */
export async function mappingMembers(
  store: Store,
  collectionRef: string,
  query: MembersQuery,
): Promise<{ members: MappingMember[]; next: string | null; total?: number }> {
  const { group, status, after, limit, sort, total } = query;
  const collection = await findCollection(store.db, collectionRef);
  const groups = await mappedGroups(store.db, collection, group);
  const targets = groups.map(({ targetId }) => targetId);
  const counted = total
    ? {
        total: await countMembers(
          store,
          groups.map(({ mappingId }) => mappingId),
          status,
        ),
      }
    : {};
  const members: MappingMember[] = [];
  let position = positionOf(after);
  for (const part of partsOf(targets)) {
    if (position && (part.targetId !== position.targetId || part.leaving !== position.leaving)) continue;
    const from = position?.last;
    position = undefined;
    const left = limit - members.length;
    const { rows, next } = part.leaving
      ? await leaving(store.db, part.targetId, status, from, left)
      : await present(store.db, collection, part.targetId, { status, sort, after: from, limit: left });
    members.push(...rows.map(memberOf));
    if (next === null) continue;
    return { members, next: `${part.targetId}.${part.leaving ? 'l' : 'p'}.${next}`, ...counted };
  }
  return { members, next: null, ...counted };
}

interface Part {
  targetId: number;
  leaving: boolean;
}

function partsOf(targets: readonly number[]): Part[] {
  return targets.flatMap(targetId => [
    { targetId, leaving: false },
    { targetId, leaving: true },
  ]);
}

function positionOf(after: string | undefined): (Part & { last: string }) | undefined {
  if (after === undefined) return undefined;
  const [, target, kind, last] = /^(\d{1,9})\.([lp])\.(.*)$/.exec(after) ?? [];
  if (target === undefined || last === undefined) {
    throw new Problem(
      'invalid',
      'bad-page',
      'The page asked for does not exist.',
      'Start from the first page.',
    );
  }
  return { targetId: Number(target), leaving: kind === 'l', last };
}

const key: SortField<MemberRow> = { column: sql`ms.resource_id`, value: row => row.resource_id ?? 0 };
const sortable: Record<string, SortField<MemberRow>> = {
  name: { column: sql`r.name_key`, value: row => row.name_key },
  resourceId: key,
};

// From so many members on, walking the resources by name meets a member often enough.
const dense = 20_000;

async function present(
  db: Queries,
  collection: FoundCollection,
  targetId: number,
  { status, sort, after, limit }: MembersQuery,
): Promise<{ rows: readonly MemberRow[]; next: string | null }> {
  const word = sql`case when ei.object_id is null then 'Not in Entra'
    when l.wanted = 'in' and l.state = 'done' then 'Success'
    when l.wanted = 'in' and l.state = 'failed' then 'Failed'
    else 'In Progress' end`;
  const sorted = sortedPage(sortable, key, 'resourceId', { sort, after: after || undefined });
  if (status && (await isNobody(db, collection.num, targetId, status))) return { rows: [], next: null };
  const byName = sort !== undefined && /name/.test(sort);
  const walksNames = byName && (await countOf(db, collection.num, targetId, status)) >= dense;
  const ledger = sql`ledger l on l.target_group_id = tg.id and l.object_id = ei.object_id`;
  const identity = sql`entra_identity ei on ei.cloud_service_id = tg.cloud_service_id and ei.resource_id = ms.resource_id`;
  const members = sql`membership ms on ms.collection_num = ${collection.num}`;
  // SQLite joins what is written as a cross join in the order in which it is written.
  const source =
    status === 'Failed'
      ? // The few that failed are found by themselves.
        sql`ledger l cross join entra_identity ei on ei.cloud_service_id = tg.cloud_service_id and ei.object_id = l.object_id
          cross join ${members} and ms.resource_id = ei.resource_id left join resource r on r.id = ms.resource_id
          where l.target_group_id = tg.id and l.state <> 'done' and l.state = 'failed'`
      : status === 'Not in Entra' && !walksNames
        ? // Whoever is in Entra is passed over before anything else of him is looked up.
          sql`${members} left join ${identity} left join resource r on r.id = ms.resource_id left join ${ledger}
          where ei.object_id is null`
        : walksNames
          ? sql`resource r cross join ${members} and ms.resource_id = r.id left join ${identity} left join ${ledger}
          where r.type = ${collection.type}`
          : sql`${members} left join resource r on r.id = ms.resource_id left join ${identity} left join ${ledger}
          where true`;
  const { rows } = await sql<MemberRow>`
    select r.name, r.name_key, ms.resource_id, ei.object_id, ${word} as status, l.code, l.reason, l.hint, l.attempts,
      l.last_tried, l.next_try
    from target_group tg cross join ${source} and tg.id = ${targetId}
      ${byName ? sql`and r.name_key is not null` : sql``}
      ${sorted.after ? sql`and ${sorted.after}` : sql``} ${status ? sql`and ${word} = ${status}` : sql``}
    order by ${sorted.orderBy} limit ${limit + 1}`.execute(db);
  // On a page that is full already it only counts whether there is more.
  if (limit === 0) return { rows: [], next: rows.length > 0 ? '' : null };
  return sorted.page(rows, limit);
}

/** Whether nobody has a status, known without looking at everybody. */
async function isNobody(
  db: Queries,
  num: number,
  targetId: number,
  status: MemberStatusWord,
): Promise<boolean> {
  const { rows } = await sql<{ n: number }>`
    select ${counts[status]} as n from mapping m
    join target_group tg on tg.id = m.target_group_id
    join mapping_count c on c.mapping_id = m.id
    where m.collection_num = ${num} and tg.id = ${targetId} and ${isCounted(await loadMarks(db))}`.execute(
    db,
  );
  return rows[0]?.n === 0;
}

/** About how many members a page is looked for among: those of the status, as counted last. */
async function countOf(
  db: Queries,
  num: number,
  targetId: number,
  status: MemberStatusWord | undefined,
): Promise<number> {
  const { rows } = await sql<{ n: number | null }>`
    select ${status ? counts[status] : sql`members`} as n from mapping_count
    where mapping_id = (select id from mapping where collection_num = ${num} and target_group_id = ${targetId})`.execute(
    db,
  );
  return rows[0]?.n ?? 0;
}

const counts: Record<MemberStatusWord, RawBuilder<unknown>> = {
  Success: sql`completed`,
  Failed: sql`failed`,
  'Not in Entra': sql`absent`,
  'In Progress': sql`members - completed - failed - absent`,
};

/** How many members mappings have, as counted last; those that are leaving apart. */
async function countMembers(
  store: Store,
  mappingIds: readonly number[],
  status: MemberStatusWord | undefined,
): Promise<number> {
  const { rows } = await sql<{ n: number | null }>`
    select sum(${status ? counts[status] : sql`members`}) as n from mapping_count
    where mapping_id in ${store.dialect.among(mappingIds)}`.execute(store.db);
  return rows[0]?.n ?? 0;
}

async function leaving(
  db: Queries,
  targetId: number,
  status: MemberStatusWord | undefined,
  after: string | undefined,
  limit: number,
): Promise<{ rows: readonly MemberRow[]; next: string | null }> {
  if (status === 'Success' || status === 'Not in Entra') return { rows: [], next: null };
  const state = status === undefined ? undefined : status === 'Failed' ? 'failed' : 'pending';
  const { rows } = await sql<MemberRow>`
    select coalesce(r.name, eo.display_name, l.object_id) as name, l.resource_id, l.object_id,
      case when l.state = 'failed' then 'Failed' else 'In Progress' end as status, l.code,
      case when l.reason is null then 'To be removed from the group.'
        else 'To be removed from the group. ' || l.reason end as reason,
      l.hint, l.attempts, l.last_tried, l.next_try, tg.group_id as leaves
    from ledger l
    join target_group tg on tg.id = l.target_group_id
    left join resource r on r.id = l.resource_id
    left join entra_object eo on eo.cloud_service_id = tg.cloud_service_id and eo.object_id = l.object_id
    where l.target_group_id = ${targetId} and l.wanted = 'out' and l.state <> 'done'
      and l.object_id > ${after ?? ''} ${state ? sql`and l.state = ${state}` : sql``}
    order by l.object_id limit ${limit + 1}`.execute(db);
  const page = rows.slice(0, limit);
  return { rows: page, next: rows.length > limit ? (page.at(-1)?.object_id ?? after ?? '') : null };
}

function memberOf(row: MemberRow): MappingMember {
  return {
    name: row.name ?? row.object_id ?? '',
    resourceId: row.resource_id,
    objectId: row.object_id,
    status: row.status,
    code: row.code,
    reason: row.reason,
    hint: row.hint,
    attempts: row.attempts ?? 0,
    lastTried: row.last_tried,
    nextTry: row.next_try,
    leaves: row.leaves ?? null,
  };
}
