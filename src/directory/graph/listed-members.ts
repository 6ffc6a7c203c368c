import { listMembers } from './groups.ts';
import type { Transport } from './transport.ts';

/**
 * Which of some objects Entra lists as members of a group. Where an addition was refused or its answer was lost, this
 * tells for a few reads what asking one by one would tell for a write each. The list can be older than the addition, so
 * what it lacks tells nothing.
 * @param mostReads gives up after so many pages: it must not take more reads than it could spare writes
 * @throws Problem when the list can not be read
 */
export async function listedMembers(
  transport: Transport,
  groupId: string,
  objectIds: readonly string[],
  mostReads: number,
  signal?: AbortSignal,
): Promise<ReadonlySet<string>> {
  const unseen = new Set(objectIds);
  const listed = new Set<string>();
  let reads = mostReads;
  if (unseen.size === 0) return listed;
  for await (const page of listMembers(transport, groupId, signal)) {
    for (const { id } of page) if (unseen.delete(id)) listed.add(id);
    reads -= 1;
    if (unseen.size === 0 || reads === 0) break;
  }
  return listed;
}
