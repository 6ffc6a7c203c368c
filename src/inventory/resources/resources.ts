import type { RawBuilder } from 'kysely';
import { fold, Problem } from '../../base/index.ts';
import type { ResourceType, Store } from '../../store/index.ts';
import { chunks } from '../chunks.ts';
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

/**
 * One resource by its id, name, externalId or user principal name.
 * @param among a condition on `resource`: others are as if they did not exist; left out: all
 * @throws Problem `resource-not-found`, or `resource-ambiguous` with the ids to choose from
 */
export async function getResource(
  store: Store,
  ref: string,
  type?: ResourceType,
  among?: RawBuilder<boolean>,
): Promise<ResourceDetail> {
  const found = await meant(store, ref, type, among);
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
    ...summaryOf(only),
    ...parseDocument(only.document),
    identities,
    createdAt: only.created_at,
  };
}

/** The first way of naming that finds something decides: id, externalId, user principal name, name. */
async function meant(
  store: Store,
  ref: string,
  type: ResourceType | undefined,
  among: RawBuilder<boolean> | undefined,
): Promise<StoredResource[]> {
  const base = () => {
    const query = store.db.selectFrom('resource').selectAll().limit(20);
    const ofType = query.where('type', 'in', type ? [type] : ['device', 'user']);
    return among ? ofType.where(among) : ofType;
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

/**
 * The ids of the resources of a type that bear each name, in any case; names that nobody bears have an empty list.
 * @param among as in `getResource`
 */
export async function findResources(
  store: Store,
  type: ResourceType,
  names: readonly string[],
  among?: RawBuilder<boolean>,
): Promise<Map<string, number[]>> {
  const byKey = new Map<string, number[]>();
  for (const name of names) byKey.set(fold(name), []);
  for (const list of chunks(byKey.keys())) {
    const rows = await store.db
      .selectFrom('resource')
      .select(['id', 'name_key'])
      .where('type', '=', type)
      .where('name_key', 'in', list)
      .$if(among !== undefined, q => (among ? q.where(among) : q))
      .orderBy('id')
      .execute();
    for (const row of rows) byKey.get(row.name_key)?.push(row.id);
  }
  return new Map(names.map(name => [name, byKey.get(fold(name)) ?? []]));
}

/** A stored resource as lists show it. */
export function summaryOf(row: StoredResource): ResourceSummary {
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
