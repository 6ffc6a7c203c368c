import { Problem } from '../../base/index.ts';
import type { Queries } from '../../store/index.ts';
import type { GroupFacts } from '../ports.ts';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Whether a group is mapped already through another tenant that is the same directory, under another app. Each of the
 * two would take the other's members for foreign ones, and take them out.
 * @returns the problem, or nothing
 */
export async function mappedElsewhere(
  db: Queries,
  tenant: { id: number },
  group: GroupFacts,
): Promise<Problem | undefined> {
  const column = ['id', 'name', 'tenant_id', 'graph_url'] as const;
  const own = await db
    .selectFrom('cloud_service')
    .select(column)
    .where('id', '=', tenant.id)
    .executeTakeFirstOrThrow();
  const others = await db
    .selectFrom('cloud_service')
    .select(column)
    .where('id', '<>', own.id)
    .where('graph_url', '=', own.graph_url)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('target_group')
          .select('target_group.id')
          .whereRef('cloud_service_id', '=', 'cloud_service.id')
          .where('group_id', '=', group.id),
      ),
    )
    .execute();
  // A tenant may be named by a domain of its: then nobody knows that it is another one, and object ids are unique.
  const differs = (other: typeof own) =>
    other.tenant_id !== own.tenant_id && guid.test(other.tenant_id) && guid.test(own.tenant_id);
  const other = others.find(one => !differs(one));
  if (!other) return undefined;
  return new Problem(
    'conflict',
    'group-mapped-elsewhere',
    `The group "${group.displayName}" is fed through "${other.name}" already, which is the same directory: each would take out the members of the other.`,
    `Map the collection through "${other.name}" too, and the group holds the members of all its collections.`,
  );
}
