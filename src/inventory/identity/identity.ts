import type { Insertable } from 'kysely';
import type { IdentityChangeTable, Queries } from '../../store/index.ts';
import { chunks } from '../chunks.ts';
import { type Claim, candidates, identityKeys } from './identity-candidates.ts';

/**
 * Which resources to look at: those named, those that the named Entra objects are or may be, or all. With
 * `cloudServiceId`, in that cloud service only.
 */
export interface IdentityScope {
  cloudServiceId?: number;
  resourceIds?: Iterable<number>;
  objectIds?: Iterable<string>;
}

/**
 * Works out anew which Entra object each resource is and keeps the difference: entra_identity, and a row of
 * identity_change for each that came, went or changed. A device is found by its deviceId; a user by object id, else by
 * on-premises SID, else by user principal name. Never by display name. Where several objects bear one deviceId the
 * choice is made by `candidates`; where several resources lead to one object, each of them is that object.
 * Set-based, a page of resources at a time.
 * @param at ISO instant of the change
 * @returns how many identities came, went or changed
 */
export async function matchIdentities(queries: Queries, scope: IdentityScope, at: string): Promise<number> {
  if (!(await anyEntra(queries))) return 0;
  const services = scope.cloudServiceId === undefined ? await allServices(queries) : [scope.cloudServiceId];
  let changed = 0;
  for await (const resourceIds of pages(queries, services, scope)) {
    for (const service of services) changed += await matchPage(queries, service, resourceIds, at);
  }
  return changed;
}

/** Before the first discovery there is nothing to match, and a first import is large. */
async function anyEntra(queries: Queries): Promise<boolean> {
  const object = await queries.selectFrom('entra_object').select('object_id').limit(1).executeTakeFirst();
  if (object) return true;
  return (
    (await queries.selectFrom('entra_identity').select('object_id').limit(1).executeTakeFirst()) !== undefined
  );
}

async function allServices(queries: Queries): Promise<number[]> {
  const rows = await queries.selectFrom('cloud_service').select('id').orderBy('id').execute();
  return rows.map(row => row.id);
}

async function* pages(
  queries: Queries,
  services: readonly number[],
  scope: IdentityScope,
): AsyncGenerator<number[]> {
  if (scope.resourceIds) yield* chunks(scope.resourceIds);
  if (scope.objectIds) {
    for (const list of chunks(new Set(scope.objectIds))) {
      yield* chunks(await resourcesOf(queries, services, list));
    }
  }
  if (!scope.resourceIds && !scope.objectIds) yield* allResources(queries);
}

async function* allResources(queries: Queries): AsyncGenerator<number[]> {
  let after = 0;
  for (;;) {
    const rows = await queries
      .selectFrom('resource')
      .select('id')
      .where('id', '>', after)
      .orderBy('id')
      .limit(500)
      .execute();
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map(row => row.id);
    after = last.id;
  }
}

/** The resources that are one of these objects now, and those that their keys lead to. */
async function resourcesOf(
  queries: Queries,
  services: readonly number[],
  objectIds: string[],
): Promise<Set<number>> {
  const found = new Set<number>();
  if (services.length === 0) return found;
  const present = queries
    .selectFrom('entra_identity')
    .select('resource_id as id')
    .where('object_id', 'in', objectIds)
    .where('cloud_service_id', 'in', services);
  for (const row of await present.execute()) found.add(row.id);
  const objects = await queries
    .selectFrom('entra_object')
    .select(['kind', 'object_id', 'device_id', 'on_premises_sid', 'upn_key'])
    .where('cloud_service_id', 'in', services)
    .where('object_id', 'in', objectIds)
    .execute();
  for (const type of ['device', 'user'] as const) {
    const ofType = objects.filter(object => object.kind === type);
    for (const [resourceKey, objectKey] of identityKeys[type]) {
      const keys = [...new Set(ofType.flatMap(object => object[objectKey] ?? []))];
      if (keys.length === 0) continue;
      const rows = await queries.selectFrom('resource').select('id').where(resourceKey, 'in', keys).execute();
      for (const row of rows) found.add(row.id);
    }
  }
  return found;
}

async function matchPage(
  queries: Queries,
  cloudServiceId: number,
  resourceIds: number[],
  at: string,
): Promise<number> {
  const wanted = new Map<string, Claim>();
  for (const claim of await candidates(queries, cloudServiceId, resourceIds))
    wanted.set(placeOf(claim), claim);
  const present = await queries
    .selectFrom('entra_identity')
    .selectAll()
    .where('resource_id', 'in', resourceIds)
    .where('cloud_service_id', '=', cloudServiceId)
    .execute();
  const feed: Insertable<IdentityChangeTable>[] = [];
  const gone: Claim[] = [];
  for (const row of present) {
    const now = wanted.get(placeOf(row));
    wanted.delete(placeOf(row));
    if (now?.object_id === row.object_id) continue;
    gone.push(row);
    if (now) wanted.set(placeOf(row), now);
    else feed.push({ ...place(row), old_object_id: row.object_id, new_object_id: null, at });
  }
  const old = new Map(gone.map(row => [placeOf(row), row.object_id]));
  for (const claim of wanted.values()) {
    const before = old.get(placeOf(claim)) ?? null;
    feed.push({ ...place(claim), old_object_id: before, new_object_id: claim.object_id, at });
  }
  if (feed.length === 0) return 0;
  await write(queries, gone, [...wanted.values()], feed);
  return feed.length;
}

async function write(
  queries: Queries,
  gone: Claim[],
  come: Claim[],
  feed: Insertable<IdentityChangeTable>[],
): Promise<void> {
  const services = new Set(gone.map(row => row.cloud_service_id));
  for (const service of services) {
    const ids = gone.filter(row => row.cloud_service_id === service).map(row => row.resource_id);
    await queries
      .deleteFrom('entra_identity')
      .where('cloud_service_id', '=', service)
      .where('resource_id', 'in', ids)
      .execute();
  }
  for (const list of chunks(come)) await queries.insertInto('entra_identity').values(list).execute();
  for (const list of chunks(feed)) await queries.insertInto('identity_change').values(list).execute();
}

function place({ cloud_service_id, resource_id }: Claim) {
  return { cloud_service_id, resource_id };
}

function placeOf(claim: { cloud_service_id: number; resource_id: number }): string {
  return `${claim.cloud_service_id}/${claim.resource_id}`;
}
