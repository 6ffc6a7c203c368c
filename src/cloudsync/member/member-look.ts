import type { GroupDirectory } from '../ports.ts';

/** As far as one member is worth looking for: 20,000 members, in the pages that Entra usually gives. */
const mostPages = 20;

/**
 * Whether Entra lists an object as a member of a group. Its list can be older than the last changes.
 * @returns false also where the object was not among the first pages of a large group
 * @throws Problem when the list can not be read
 */
export async function isListed(
  directory: GroupDirectory,
  groupId: string,
  objectId: string,
  signal: AbortSignal,
): Promise<boolean> {
  let pages = 0;
  for await (const page of directory.listMembers(groupId, signal)) {
    if (page.some(({ id }) => id === objectId)) return true;
    pages += 1;
    if (pages === mostPages) break;
  }
  return false;
}
