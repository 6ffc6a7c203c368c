import { sql } from 'kysely';
import { Problem } from '../base/index.ts';
import type { Queries, Store } from '../store/index.ts';
import { findCollection, mappedGroups } from './refs.ts';

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
}

/** Which members are asked for. */
export interface MembersQuery {
  /** Object id or name of the group; needed where a collection has several and one is meant. */
  group?: string | undefined;
  status?: MemberStatusWord | undefined;
  /** The page's position as an answer before gave it. */
  after?: string | undefined;
  limit: number;
}

interface MemberRow {
  name: string | null;
  resource_id: number | null;
  object_id: string | null;
  status: MemberStatusWord;
  code: string | null;
  reason: string | null;
  hint: string | null;
  attempts: number | null;
  last_tried: string | null;
  next_try: string | null;
}

/**
 * The members of a mapping with their status: those of the collection in the order of their resource ids, and after
 * them whoever has left it but is not out of the group yet.
 * @throws Problem when the collection or the mapping does not exist
 */
export async function mappingMembers(
  store: Store,
  collectionRef: string,
  { group, status, after, limit }: MembersQuery,
): Promise<{ members: MappingMember[]; next: string | null }> {
  const collection = await findCollection(store.db, collectionRef);
  const groups = await mappedGroups(store.db, collection, group);
  const members: MappingMember[] = [];
  let position = positionOf(after);
  for (const part of partsOf(groups.map(({ targetId }) => targetId))) {
    if (position && (part.targetId !== position.targetId || part.leaving !== position.leaving)) continue;
    const from = position?.last;
    position = undefined;
    const left = limit - members.length;
    const rows = part.leaving
      ? await leaving(store.db, part.targetId, status, from, left + 1)
      : await present(store.db, collection.num, part.targetId, status, from, left + 1);
    members.push(...rows.slice(0, left).map(memberOf));
    if (rows.length <= left) continue;
    const last = rows[left - 1];
    const key = part.leaving ? last?.object_id : last?.resource_id;
    return { members, next: `${part.targetId}.${part.leaving ? 'l' : 'p'}.${key ?? from ?? ''}` };
  }
  return { members, next: null };
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

async function present(
  db: Queries,
  collectionNum: number,
  targetId: number,
  status: MemberStatusWord | undefined,
  after: string | undefined,
  limit: number,
): Promise<MemberRow[]> {
  const word = sql`case when ei.object_id is null then 'Not in Entra'
    when l.wanted = 'in' and l.state = 'done' then 'Success'
    when l.wanted = 'in' and l.state = 'failed' then 'Failed'
    else 'In Progress' end`;
  const { rows } = await sql<MemberRow>`
    select r.name, ms.resource_id, ei.object_id, ${word} as status, l.code, l.reason, l.hint, l.attempts,
      l.last_tried, l.next_try
    from target_group tg
    join membership ms on ms.collection_num = ${collectionNum} and ms.resource_id > ${Number(after) || 0}
    left join resource r on r.id = ms.resource_id
    left join entra_identity ei
      on ei.cloud_service_id = tg.cloud_service_id and ei.resource_id = ms.resource_id
    left join ledger l on l.target_group_id = tg.id and l.object_id = ei.object_id
    where tg.id = ${targetId} ${status ? sql`and ${word} = ${status}` : sql``}
    order by ms.resource_id limit ${limit}`.execute(db);
  return rows;
}

async function leaving(
  db: Queries,
  targetId: number,
  status: MemberStatusWord | undefined,
  after: string | undefined,
  limit: number,
): Promise<MemberRow[]> {
  if (status === 'Success' || status === 'Not in Entra') return [];
  const state = status === undefined ? undefined : status === 'Failed' ? 'failed' : 'pending';
  const { rows } = await sql<MemberRow>`
    select coalesce(r.name, eo.display_name, l.object_id) as name, l.resource_id, l.object_id,
      case when l.state = 'failed' then 'Failed' else 'In Progress' end as status, l.code,
      case when l.reason is null then 'To be removed from the group.'
        else 'To be removed from the group. ' || l.reason end as reason,
      l.hint, l.attempts, l.last_tried, l.next_try
    from ledger l
    join target_group tg on tg.id = l.target_group_id
    left join resource r on r.id = l.resource_id
    left join entra_object eo on eo.cloud_service_id = tg.cloud_service_id and eo.object_id = l.object_id
    where l.target_group_id = ${targetId} and l.wanted = 'out' and l.state <> 'done'
      and l.object_id > ${after ?? ''} ${state ? sql`and l.state = ${state}` : sql``}
    order by l.object_id limit ${limit}`.execute(db);
  return rows;
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
  };
}
