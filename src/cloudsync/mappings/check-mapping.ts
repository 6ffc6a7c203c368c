import { Problem, type ProblemData, problemData } from '../../base/index.ts';
import type { Directory } from '../../directory/index.ts';
import type { Queries, Store } from '../../store/index.ts';
import type { GroupDirectory, GroupFacts } from '../ports.ts';
import { type FoundCollection, findCollection } from '../refs.ts';
import { wantedObjects } from '../run/reading.ts';
import { switchedOff } from '../switches.ts';
import { type Feeder, loadTarget } from '../targets.ts';
import { checkGroup } from './checks.ts';
import { findGroup } from './find-group.ts';
import { mappedElsewhere } from './mapped-elsewhere.ts';

/** A tenant, as far as mappings need it. */
export interface MappingTenant {
  id: number;
  name: string;
}

/** What is asked for when a collection is to be mapped. */
export interface AskedMapping {
  collection: string;
  /** Object id or whole name of the group. */
  group: string;
  /** Numbers of the collections whose names may be told; undefined: all. */
  visible?: readonly number[] | undefined;
}

/** What would come of mapping a collection to a group, before it is done. */
export interface CheckedMapping {
  group: GroupFacts;
  /** Why it would be refused; null: it would be done. */
  refused: ProblemData | null;
  /** What is worth knowing before it is confirmed. */
  warnings: string[];
}

export type CheckingDirectory = GroupDirectory & Pick<Directory, 'mayChange'>;

/**
 * Looks at a mapping before it is made: whether it would be refused, who else feeds the group, whether the app may
 * change it, and which members the first run would take out. Changes nothing.
 * @throws Problem when the collection or the group does not exist, or Entra fails
 */
export async function checkMapping(
  store: Store,
  directory: CheckingDirectory,
  tenant: MappingTenant,
  asked: AskedMapping,
  signal?: AbortSignal,
): Promise<CheckedMapping> {
  const { group, refusal, warnings } = await lookAtMapping(store, directory, tenant, asked, signal);
  return { group, refused: refusal ? problemData(refusal) : null, warnings };
}

/** `checkMapping`, with what it has found of collection and group. */
export async function lookAtMapping(
  { db }: Pick<Store, 'db'>,
  directory: CheckingDirectory,
  tenant: MappingTenant,
  { collection: collectionRef, group: groupRef, visible }: AskedMapping,
  signal?: AbortSignal,
): Promise<{
  collection: FoundCollection;
  group: GroupFacts;
  refusal: Problem | undefined;
  warnings: string[];
}> {
  const collection = await findCollection(db, collectionRef);
  const group = await findGroup(directory, groupRef, signal);
  const service = await db
    .selectFrom('cloud_service')
    .select(['allow_role_assignable', 'group_sync', 'entra_authentication_disabled'])
    .where('id', '=', tenant.id)
    .executeTakeFirstOrThrow();
  const isHidden = ({ num }: Feeder) => visible !== undefined && !visible.includes(num);
  const others = (await feedersOf(db, tenant.id, group.id)).map(feeder =>
    isHidden(feeder) ? { ...feeder, id: '…', name: 'a collection that you may not see' } : feeder,
  );
  const intended = { types: [collection.type], allowRoleAssignable: service.allow_role_assignable === 1 };
  const refusal = others.some(({ num }) => num === collection.num)
    ? mappingExists(collection, group)
    : ((await mappedElsewhere(db, tenant, group)) ?? checkGroup(group, intended));
  if (refusal) return { collection, group, refusal, warnings: [] };
  const off =
    service.entra_authentication_disabled === 1
      ? 'entra-authentication'
      : service.group_sync === 0
        ? 'group-sync'
        : others.some(({ paused }) => paused)
          ? 'paused'
          : null;
  const warnings = [
    ...offWarning(
      switchedOff({ off, name: group.displayName, cloudServiceName: tenant.name, feeders: others }),
    ),
    ...(await ownerWarning(group, directory, signal)),
    ...sharedWarning(group, others),
    ...(await foreignWarning(db, directory, tenant.id, { collection, group, others }, signal)),
  ];
  return { collection, group, refusal: undefined, warnings };
}

/** The problem that a collection is mapped to a group already. */
export function mappingExists(collection: FoundCollection, group: GroupFacts): Problem {
  return new Problem(
    'conflict',
    'mapping-exists',
    `The collection "${collection.name}" is mapped to the group "${group.displayName}" already.`,
    `See how it stands: rollcall cloud-sync status ${collection.id}.`,
  );
}

async function feedersOf(db: Queries, cloudServiceId: number, groupId: string): Promise<Feeder[]> {
  const row = await db
    .selectFrom('target_group')
    .select('id')
    .where('cloud_service_id', '=', cloudServiceId)
    .where('group_id', '=', groupId)
    .executeTakeFirst();
  return row ? ((await loadTarget(db, row.id))?.feeders ?? []) : [];
}

function offWarning(off: Problem | undefined): string[] {
  return off ? [`${off.message} ${off.hint}`] : [];
}

async function ownerWarning(
  group: GroupFacts,
  directory: CheckingDirectory,
  signal: AbortSignal | undefined,
): Promise<string[]> {
  try {
    if (await directory.mayChange(group.id, signal)) return [];
  } catch (error) {
    // Who owns a group is a right of its own, which an app that may write need not have.
    if (!(error instanceof Problem) || error.kind !== 'forbidden') throw error;
    return [`Whether the app may change "${group.displayName}" can not be seen. ${error.message}`];
  }
  return [
    `The app neither owns "${group.displayName}" nor may change every group: make its service principal an owner of the group, or every run will fail.`,
  ];
}

function sharedWarning(group: GroupFacts, others: readonly Feeder[]): string[] {
  if (others.length === 0) return [];
  const feeders = others.map(({ name }) => name).join(', ');
  return [`"${group.displayName}" is fed by ${feeders} already: it will hold the members of all of them.`];
}

async function foreignWarning(
  db: Queries,
  directory: GroupDirectory,
  cloudServiceId: number,
  mapping: { collection: FoundCollection; group: GroupFacts; others: readonly Feeder[] },
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const { collection, group, others } = mapping;
  const row = await db
    .selectFrom('collection')
    .select('evaluated_at')
    .where('num', '=', collection.num)
    .executeTakeFirstOrThrow();
  const feeders = [...others, { ...collection, evaluated: row.evaluated_at !== null }];
  const unevaluated = feeders.filter(({ evaluated }) => !evaluated).map(({ name }) => name);
  if (unevaluated.length > 0) {
    // Who is foreign can not be told yet: as far as anybody knows, it would be everyone.
    const names = unevaluated.map(name => `"${name}"`).join(', ');
    const have = unevaluated.length === 1 ? 'has' : 'have';
    return [
      `${names} ${have} not been evaluated yet; the first run does it. To see beforehand which members of the group it would take out, update the membership, then look at the plan.`,
    ];
  }
  const wanted = await wantedObjects(db, { cloudServiceId, feeders });
  let foreign = 0;
  for await (const page of directory.listMembers(group.id, signal)) {
    foreign += page.filter(({ id }) => !wanted.has(id)).length;
  }
  if (foreign === 0) return [];
  const members = foreign === 1 ? '1 member' : `${foreign} members`;
  return [
    `"${group.displayName}" has ${members} that no collection wants there: the first synchronization is full and takes them out.`,
  ];
}
