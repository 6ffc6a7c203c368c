import { fold, Problem } from '../../base/index.ts';
import type { GroupDirectory, GroupFacts } from '../ports.ts';

const objectId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Finds a group in Entra by object id or by its whole name.
 * @throws Problem when there is none, or when several bear the name
 */
export async function findGroup(
  directory: GroupDirectory,
  ref: string,
  signal?: AbortSignal,
): Promise<GroupFacts> {
  if (objectId.test(ref)) return directory.getGroup(ref.toLowerCase(), signal);
  const found: GroupFacts[] = [];
  for await (const group of directory.searchGroups({ startsWith: ref, ...(signal && { signal }) })) {
    if (fold(group.displayName) === fold(ref)) found.push(group);
  }
  const [group, ...others] = found;
  if (!group) {
    throw new Problem(
      'not-found',
      'group-not-found',
      `Entra has no group named "${ref}".`,
      `Look for it: rollcall group search --starts-with ${JSON.stringify(ref.slice(0, 4))}, or make it: rollcall group create ${JSON.stringify(ref)}.`,
    );
  }
  if (others.length === 0) return group;
  throw new Problem(
    'conflict',
    'group-ambiguous',
    `${found.length} groups are named "${ref}": ${found.map(({ id }) => id).join(', ')}.`,
    'Give the object id of the one you mean.',
  );
}
