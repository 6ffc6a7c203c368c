import { sql } from 'kysely';
import type { Queries, ResourceType } from '../../store/index.ts';
import { parseIds } from '../sets/ids.ts';
import type { Ids } from '../sets/idset.ts';

/** Resources of one type that changed in the same properties. */
export interface ChangeGroup {
  resourceType: ResourceType;
  /** "class.property" in folded names, "class.*" where rows came or went; 'everything': new or deleted. */
  touched: ReadonlySet<string> | 'everything';
  ids: Ids;
}

/** What the feed of resource changes holds between two places. */
export interface Changes {
  groups: ChangeGroup[];
  /** How many resources changed. */
  resources: number;
}

/** Nothing has changed. */
export const noChanges: Changes = { groups: [], resources: 0 };

/** The changes after `from` up to and with `to`, grouped by what they touched. */
export async function readChanges(db: Queries, from: number, to: number): Promise<Changes> {
  if (to <= from) return noChanges;
  const rows = await sql<{ resource_type: ResourceType; touched: string; ids: string }>`
    select resource_type, touched, string_agg(cast(resource_id as text), ',') as ids
    from (select distinct resource_type, touched, resource_id from resource_change
          where seq > ${from} and seq <= ${to}) as change
    group by resource_type, touched`.execute(db);
  const names = await propertyNames(db);
  const groups = rows.rows.map(row => ({
    resourceType: row.resource_type,
    touched: touchedNames(row.touched, names),
    ids: parseIds(row.ids).sort(),
  }));
  const all = new Set<number>();
  for (const group of groups) for (const id of group.ids) all.add(id);
  return { groups, resources: all.size };
}

/** Whether a rule that reads `reads` of resources of `type` can answer differently after the changes of a group. */
export function touches(group: ChangeGroup, type: ResourceType, reads: ReadonlySet<string>): boolean {
  if (group.resourceType !== type) return false;
  if (group.touched === 'everything') return true;
  const [small, large] = group.touched.size < reads.size ? [group.touched, reads] : [reads, group.touched];
  for (const name of small) if (large.has(name)) return true;
  return false;
}

function touchedNames(touched: string, names: Map<number, PropertyName>): ReadonlySet<string> | 'everything' {
  if (touched === '*') return 'everything';
  const all = new Set<string>();
  for (const id of touched.split(',')) {
    const name = names.get(Number(id));
    // A property that is no longer known: whatever read it may be affected.
    if (!name) return 'everything';
    all.add(`${name.class}.${name.property}`);
    // Its marker among the properties: rows of the class have come or gone.
    if (name.property === 'resourceid') all.add(`${name.class}.*`);
  }
  return all;
}

interface PropertyName {
  class: string;
  property: string;
}

async function propertyNames(db: Queries): Promise<Map<number, PropertyName>> {
  const rows = await db
    .selectFrom('inventory_property as p')
    .innerJoin('inventory_class as c', 'c.id', 'p.class_id')
    .select(['p.id', 'p.name_key as property', 'c.name_key as class'])
    .execute();
  return new Map(rows.map(row => [row.id, { class: row.class, property: row.property }]));
}
