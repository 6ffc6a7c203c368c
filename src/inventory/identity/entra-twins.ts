import { sql, type Transaction } from 'kysely';
import type { Database, Dialect, Queries, ResourceType } from '../../store/index.ts';
import { forgetResources } from '../resources/delete.ts';

// Discovery may bring resources for devices and users that no other source has. When another source brings the same
// device or user, it takes that resource over; where it had a resource of its own already, Entra's goes.

/** The source of resources that only Entra knows. */
export const entraSource = 'entra';

const prefix = 'entra:';

/** The external id of a resource that discovery brings: by deviceId (devices) or object id (users). */
export function entraExternalId(key: string): string {
  return prefix + key;
}

/** Whether a record is one that discovery brings: it means its own resource and none of the same name. */
export function isEntraExternalId(externalId: string | null): boolean {
  return externalId?.startsWith(prefix) ?? false;
}

/** Whether there are resources of a type that only Entra knows: a look into an index. */
export async function anyEntraResource(queries: Queries, type: ResourceType): Promise<boolean> {
  const row = await queries
    .selectFrom('resource')
    .select('id')
    .where('type', '=', type)
    .where('external_id', '>=', prefix)
    // The character after the colon: every key with the prefix lies between.
    .where('external_id', '<', 'entra;')
    .where('source', '=', entraSource)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Takes away the resources that only Entra knew of objects which these resources are too; direct rules that named them
 * name the others instead.
 * @returns how many went
 */
export async function withdrawTwins(
  tx: Transaction<Database>,
  dialect: Dialect,
  resourceIds: readonly number[],
  at: string,
): Promise<number> {
  if (resourceIds.length === 0) return 0;
  if (!(await anyEntraResource(tx, 'device')) && !(await anyEntraResource(tx, 'user'))) return 0;
  const { rows } = await sql<{ twin: number; other: number }>`
    select e.id as twin, min(r.id) as other
    from entra_identity i
    join resource r on r.id = i.resource_id and r.source <> ${entraSource}
    join entra_identity j on j.cloud_service_id = i.cloud_service_id and j.object_id = i.object_id
    join resource e on e.id = j.resource_id and e.source = ${entraSource}
    where i.resource_id in ${dialect.among(resourceIds)}
    group by e.id`.execute(tx);
  for (const { twin, other } of rows) await repointRules(tx, twin, other);
  return await forgetResources(
    tx,
    dialect,
    rows.map(row => row.twin),
    at,
  );
}

async function repointRules(tx: Transaction<Database>, twin: number, other: number): Promise<void> {
  await sql`update collection set stale = stale + 1 where num in (
    select collection_num from collection_rule where resource_id = ${twin})`.execute(tx);
  await sql`delete from collection_rule where resource_id = ${twin} and collection_num in (
    select collection_num from collection_rule where resource_id = ${other})`.execute(tx);
  await sql`update collection_rule set resource_id = ${other},
    name = (select name from resource where id = ${other}),
    name_key = (select name_key from resource where id = ${other})
    where resource_id = ${twin}`.execute(tx);
}
