import { type Selectable, sql, type Transaction } from 'kysely';
import { fold } from '../../base/index.ts';
import type { DeltaPage, EntraObject } from '../../directory/index.ts';
import { bringEntraResources, matchIdentities } from '../../inventory/index.ts';
import type { Database, Dialect, EntraObjectTable, Flag } from '../../store/index.ts';
import { mergeExtras } from './entra-record.ts';
import { entraScope, type ResourceTenant } from './entra-resources.ts';
import { heldGone, reportedGone } from './generations.ts';
import type { DiscoveryState } from './state.ts';

type StoredObject = Selectable<EntraObjectTable>;

const columns = [
  'cloud_service_id',
  'object_id',
  'kind',
  'display_name',
  'device_id',
  'trust_type',
  'user_principal_name',
  'upn_key',
  'on_premises_sid',
  'account_enabled',
  'properties',
  'generation',
] as const;

/** What a page has changed. */
export interface PageOutcome {
  /** New objects, and those with another value. */
  changed: number;
  /** Resources whose identity came, went or changed. */
  identities: number;
}

/**
 * Takes one page of a delta query into entra_object, and works out identities anew where objects changed. Objects that
 * Entra says are gone are only marked: whether they go is decided when the round has ended. An object that the page
 * both holds and calls gone stays: the next full discovery knows better.
 */
export async function applyPage(
  tx: Transaction<Database>,
  dialect: Dialect,
  tenant: ResourceTenant,
  state: DiscoveryState,
  page: DeltaPage,
  at: string,
): Promise<PageOutcome> {
  const { cloud_service_id: service, generation, kind } = state;
  const latest = new Map<string, EntraObject>();
  // Items repeat; a later one says what changed since the earlier.
  for (const object of page.objects) latest.set(object.id, { ...latest.get(object.id), ...told(object) });
  const stored = await storedObjects(tx, dialect, service, [...latest.keys()]);
  const changed: StoredObject[] = [];
  const unchanged: string[] = [];
  for (const object of latest.values()) {
    const before = stored.get(object.id);
    const now = objectRow(object, before, state, tenant.entraResources);
    if (!before || !sameObject(before, now)) changed.push(now);
    else if (before.generation !== generation) unchanged.push(object.id);
  }
  const rows = changed.map(row => columns.map(column => row[column]));
  await dialect.insertMany(tx, 'entra_object', columns, rows, 'replace');
  await setGeneration(tx, dialect, state, unchanged, sql`${sql.lit(generation)}`);
  const gone = page.removed.map(one => one.id).filter(id => !latest.has(id));
  // What is held stays held.
  const marked = sql`case generation when ${sql.lit(heldGone)} then generation else ${sql.lit(reportedGone)} end`;
  await setGeneration(tx, dialect, state, gone, marked);
  const objectIds = changed.map(row => row.object_id);
  const identities = await matchIdentities(tx, { cloudServiceId: service, objectIds }, at);
  const keys = changed.flatMap(row => keysOf(row, stored.get(row.object_id)));
  const scope = await entraScope(tx, tenant, kind, keys);
  await bringEntraResources(tx, dialect, scope, keys, at);
  return { changed: changed.length, identities };
}

/** What a resource of an object is known by: the deviceId, also the one that it had, or the object id. */
function keysOf(row: StoredObject, before: StoredObject | undefined): string[] {
  if (row.kind === 'user') return [row.object_id];
  return [row.device_id, before?.device_id].filter(key => key !== null && key !== undefined);
}

async function setGeneration(
  tx: Transaction<Database>,
  dialect: Dialect,
  { cloud_service_id, kind }: Pick<DiscoveryState, 'cloud_service_id' | 'kind'>,
  objectIds: readonly string[],
  value: ReturnType<typeof sql>,
): Promise<void> {
  if (objectIds.length === 0) return;
  await sql`update entra_object set generation = ${value}
    where cloud_service_id = ${cloud_service_id} and kind = ${kind}
      and object_id in ${dialect.among(objectIds)}`.execute(tx);
}

async function storedObjects(
  tx: Transaction<Database>,
  dialect: Dialect,
  service: number,
  objectIds: readonly string[],
): Promise<Map<string, StoredObject>> {
  const { rows } = await sql<StoredObject>`select * from entra_object
    where cloud_service_id = ${service} and object_id in ${dialect.among(objectIds)}`.execute(tx);
  return new Map(rows.map(row => [row.object_id, row]));
}

/** The properties that an item tells; Graph leaves out what it has nothing to say of. */
function told(object: EntraObject): EntraObject {
  return Object.fromEntries(
    Object.entries(object).filter(([, value]) => value !== undefined),
  ) as unknown as EntraObject;
}

function objectRow(
  object: EntraObject,
  before: StoredObject | undefined,
  state: DiscoveryState,
  keepsExtras: boolean,
): StoredObject {
  const upn =
    object.userPrincipalName === undefined ? (before?.user_principal_name ?? null) : object.userPrincipalName;
  return {
    cloud_service_id: state.cloud_service_id,
    object_id: object.id,
    kind: state.kind,
    display_name: object.displayName === undefined ? (before?.display_name ?? null) : object.displayName,
    device_id:
      object.deviceId === undefined ? (before?.device_id ?? null) : (object.deviceId?.toLowerCase() ?? null),
    trust_type: object.trustType === undefined ? (before?.trust_type ?? null) : object.trustType,
    user_principal_name: upn,
    upn_key: upn === null ? null : fold(upn),
    on_premises_sid:
      object.onPremisesSecurityIdentifier === undefined
        ? (before?.on_premises_sid ?? null)
        : (object.onPremisesSecurityIdentifier?.toUpperCase() ?? null),
    account_enabled:
      object.accountEnabled === undefined ? (before?.account_enabled ?? null) : flag(object.accountEnabled),
    properties: keepsExtras ? mergeExtras(before?.properties ?? null, object) : null,
    generation: state.generation,
  };
}

function flag(value: boolean | null): Flag | null {
  return value === null ? null : value ? 1 : 0;
}

function sameObject(a: StoredObject, b: StoredObject): boolean {
  return columns.every(column => column === 'generation' || a[column] === b[column]);
}
