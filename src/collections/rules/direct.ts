import { type RawBuilder, sql } from 'kysely';
import { Problem } from '../../base/index.ts';
import { findResources, getResource } from '../../inventory/index.ts';
import type { Queries, Store } from '../../store/index.ts';
import type { CollectionRow } from '../reference.ts';

// Names that no resource bears are looked up one by one as external ids, UPNs and numbers; beyond so many the list
// is of something else.
const lookedUp = 200;
const idsAStatement = 1_000;

/**
 * The resources that the names of a direct rule mean: a name, or where no resource bears it an external id, a UPN or
 * a resource number.
 * @param among a condition on `resource`: others are as if they did not exist; left out: all
 * @throws Problem resource-unknown, resource-ambiguous; both name the first ten
 */
export async function resourcesNamed(
  store: Store,
  row: CollectionRow,
  names: readonly string[],
  among?: RawBuilder<boolean>,
): Promise<number[]> {
  const found = await findResources(store, row.type, names, among);
  const ids = new Set<number>();
  const unknown: string[] = [];
  const ambiguous: string[] = [];
  for (const [name, candidates] of found) {
    const [id, second] = candidates;
    if (id === undefined) unknown.push(name);
    else if (second !== undefined) ambiguous.push(`${name} (${candidates.join(', ')})`);
    else ids.add(id);
  }
  const missing = unknown.length > lookedUp ? unknown : await lookUp(store, row, unknown, ids, among);
  if (missing.length > 0) {
    throw new Problem(
      'not-found',
      'resource-unknown',
      `There ${missing.length === 1 ? 'is' : 'are'} no ${row.type}${missing.length === 1 ? '' : 's'} ${listed(missing)}.`,
      'Nothing was added. Correct these names, or import the resources first.',
    );
  }
  if (ambiguous.length > 0) {
    throw new Problem(
      'conflict',
      'resource-ambiguous',
      `Several ${row.type}s bear the name ${listed(ambiguous)}.`,
      'Nothing was added. Give the resource number in brackets, or an external id, instead of the name.',
    );
  }
  return [...ids];
}

async function lookUp(
  store: Store,
  row: CollectionRow,
  refs: readonly string[],
  into: Set<number>,
  among: RawBuilder<boolean> | undefined,
): Promise<string[]> {
  const missing: string[] = [];
  for (const ref of refs) {
    try {
      into.add((await getResource(store, ref, row.type, among)).id);
    } catch (error) {
      if (!(error instanceof Problem) || error.kind !== 'not-found') throw error;
      missing.push(ref);
    }
  }
  return missing;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 10).join(', ');
  return names.length > 10 ? `${shown} and ${names.length - 10} more` : shown;
}

/**
 * Adds direct rules for resources; those that have one already keep it.
 * @returns how many were added
 */
export async function insertDirectRules(
  tx: Queries,
  row: CollectionRow,
  ids: readonly number[],
): Promise<number> {
  let added = 0;
  for (let from = 0; from < ids.length; from += idsAStatement) {
    const some = ids.slice(from, from + idsAStatement);
    const result = await sql`
      insert into collection_rule (collection_num, kind, name, name_key, resource_id)
      select ${row.num}, 'direct', name, name_key, id from resource
      where id in (${sql.join(some)})
        and id not in (
          select resource_id from collection_rule
          where collection_num = ${row.num} and kind = 'direct' and resource_id in (${sql.join(some)}))
      order by id`.execute(tx);
    added += Number(result.numAffectedRows ?? 0n);
  }
  return added;
}
