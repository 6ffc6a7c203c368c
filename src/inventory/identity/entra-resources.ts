import { sql, type Transaction } from 'kysely';
import type { WorkContext } from '../../base/index.ts';
import type { Database, Dialect, Queries, ResourceType, Store } from '../../store/index.ts';
import { chunks } from '../chunks.ts';
import { ClassRegistry } from '../classes/class-registry.ts';
import { importBatch } from '../import/import-batch.ts';
import { keyRecord } from '../import/keyed-record.ts';
import type { ResourceRecord } from '../record.ts';
import { deleteResources, forgetResources } from '../resources/delete.ts';
import { anyEntraResource, entraExternalId, entraSource, withdrawTwins } from './entra-twins.ts';
import { objectsByKey } from './identity-candidates.ts';

/** What discovery makes of an object, without the external id, which is given here. */
export type EntraRecord = Omit<ResourceRecord, 'externalId' | 'deleted' | 'inventory'>;

/** Whose objects of which kind are looked at. */
export interface EntraScope {
  cloudServiceId: number;
  kind: ResourceType;
  /**
   * Makes a record of an object by its id. Null: this tenant brings no resources, and only those are looked after that
   * are there.
   */
  recordOf: ((objectId: string) => EntraRecord | undefined) | null;
}

/**
 * Brings the resources of Entra objects in step with these, for what only Entra knows: made or changed where no other
 * source has the device or user, withdrawn where another has, deleted where the object is gone from every tenant.
 * Identities must have been matched before.
 * @param keys device ids of devices, object ids of users
 */
export async function bringEntraResources(
  tx: Transaction<Database>,
  dialect: Dialect,
  scope: EntraScope,
  keys: Iterable<string>,
  at: string,
): Promise<void> {
  const { cloudServiceId, kind, recordOf } = scope;
  if (recordOf === null && !(await anyEntraResource(tx, kind))) return;
  for (const list of chunks(new Set(keys))) {
    const objects = await objectsByKey(
      tx,
      cloudServiceId,
      kind,
      kind === 'device' ? 'device_id' : 'object_id',
      new Set(list),
    );
    const others = await othersOf(tx, cloudServiceId, kind, list);
    await withdrawTwins(tx, dialect, [...others.values()].flat(), at);
    const records: ResourceRecord[] = [];
    for (const [key, object] of objects) {
      if (others.has(key)) continue;
      const record = recordOf?.(object.object_id);
      if (record) records.push({ ...record, externalId: entraExternalId(key) });
    }
    if (records.length > 0) await importRecords(tx, dialect, records, at);
    await forgetLost(
      tx,
      dialect,
      kind,
      list.filter(key => !objects.has(key)),
      at,
    );
  }
}

/**
 * Deletes what only Entra knew and is in no tenant any more: after a tenant was disconnected.
 * @returns how many went
 */
export async function dropEntraResources(store: Store, work: WorkContext): Promise<number> {
  const rows = await lost(store.db, sql`true`);
  return await deleteResources(store, rows, work);
}

/** The resources of other sources for each key. */
async function othersOf(
  tx: Queries,
  cloudServiceId: number,
  kind: ResourceType,
  keys: readonly string[],
): Promise<Map<string, number[]>> {
  const rows =
    kind === 'device'
      ? await tx
          .selectFrom('resource')
          .select(['id', 'entra_device_id as key'])
          .where('entra_device_id', 'in', keys)
          .where('source', '<>', entraSource)
          .execute()
      : await tx
          .selectFrom('entra_identity as identity')
          .innerJoin('resource', 'resource.id', 'identity.resource_id')
          .select(['resource.id', 'identity.object_id as key'])
          .where('identity.cloud_service_id', '=', cloudServiceId)
          .where('identity.object_id', 'in', keys)
          .where('resource.source', '<>', entraSource)
          .execute();
  const others = new Map<string, number[]>();
  for (const { id, key } of rows) {
    if (key !== null) others.set(key, [...(others.get(key) ?? []), id]);
  }
  return others;
}

async function importRecords(
  tx: Transaction<Database>,
  dialect: Dialect,
  records: readonly ResourceRecord[],
  at: string,
): Promise<void> {
  const registry = await ClassRegistry.load(tx);
  const keyed = records.map((record, line) => keyRecord(line, record));
  // A record is refused only where its class is full: then that resource stays out, and discovery goes on.
  await importBatch(tx, keyed, { registry, dialect, source: entraSource, importId: null, at });
}

async function forgetLost(
  tx: Transaction<Database>,
  dialect: Dialect,
  kind: ResourceType,
  keys: readonly string[],
  at: string,
): Promise<void> {
  if (keys.length === 0) return;
  const of = sql`type = ${kind} and external_id in ${dialect.among(keys.map(entraExternalId))}`;
  await forgetResources(tx, dialect, await lost(tx, of), at);
}

/** Resources that only Entra knew, and that are no object of any tenant. */
async function lost(queries: Queries, condition: ReturnType<typeof sql>): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`select id from resource where source = ${entraSource}
    and ${condition} and not exists (select 1 from entra_identity i where i.resource_id = resource.id)`.execute(
    queries,
  );
  return rows.map(row => row.id);
}
