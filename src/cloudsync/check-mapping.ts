import { type ProblemData, problemData } from '../base/index.ts';
import type { Directory } from '../directory/index.ts';
import type { Queries, Store } from '../store/index.ts';
import { type MappingTenant, mappingExists } from './add-mapping.ts';
import { checkGroup } from './checks.ts';
import { findGroup } from './find-group.ts';
import type { GroupDirectory, GroupFacts } from './ports.ts';
import { wantedObjects } from './reading.ts';
import { type FoundCollection, findCollection } from './refs.ts';
import { type Feeder, loadTarget } from './targets.ts';

/** What would come of mapping a collection to a group, before it is done. */
export interface CheckedMapping {
  group: GroupFacts;
  /** Why it would be refused; null: it would be done. */
  refused: ProblemData | null;
  /** What is worth knowing before it is confirmed. */
  warnings: string[];
}

type CheckingDirectory = GroupDirectory & Pick<Directory, 'mayChange'>;

/**
 * Looks at a mapping before it is made: whether it would be refused, who else feeds the group, whether the app may
 * change it, and which members the first run would take out. Changes nothing.
 * @param group object id or whole name of the group
 * @param visible numbers of the collections whose names may be told; undefined: all
 * @throws Problem when the collection or the group does not exist, or Entra fails
 */
export async function checkMapping(
  store: Store,
  directory: CheckingDirectory,
  tenant: MappingTenant & { allowRoleAssignable: boolean },
  {
    collection: collectionRef,
    group: groupRef,
    visible,
  }: { collection: string; group: string; visible?: readonly number[] | undefined },
  signal?: AbortSignal,
): Promise<CheckedMapping> {
  const collection = await findCollection(store.db, collectionRef);
  const group = await findGroup(directory, groupRef, signal);
  const others = await feedersOf(store.db, tenant.id, group.id);
  const intended = { types: [collection.type], allowRoleAssignable: tenant.allowRoleAssignable };
  const refusal = others.some(({ num }) => num === collection.num)
    ? mappingExists(collection, group)
    : checkGroup(group, intended);
  if (refusal) return { group, refused: problemData(refusal), warnings: [] };
  const warnings = [
    ...ownerWarning(group, await directory.mayChange(group.id, signal)),
    ...sharedWarning(group, others, visible),
    ...(await foreignWarning(store.db, directory, tenant.id, { collection, group, others }, signal)),
  ];
  return { group, refused: null, warnings };
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

function ownerWarning(group: GroupFacts, mayChange: boolean): string[] {
  if (mayChange) return [];
  return [
    `The app neither owns "${group.displayName}" nor may change every group: make its service principal an owner of the group, or every run will fail.`,
  ];
}

function sharedWarning(
  group: GroupFacts,
  others: readonly Feeder[],
  visible: readonly number[] | undefined,
): string[] {
  if (others.length === 0) return [];
  const named = others.filter(({ num }) => !visible || visible.includes(num)).map(({ name }) => name);
  const hidden = others.length - named.length;
  const feeders = [...named, ...(hidden > 0 ? [`${hidden} that you may not see`] : [])].join(', ');
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
  const { evaluated_at } = await db
    .selectFrom('collection')
    .select('evaluated_at')
    .where('num', '=', collection.num)
    .executeTakeFirstOrThrow();
  if (evaluated_at === null) {
    return [
      `"${collection.name}" has not been evaluated yet: update its membership first to learn which members of the group would be taken out.`,
    ];
  }
  const wanted = await wantedObjects(db, { cloudServiceId, feeders: [...others, collection] });
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
