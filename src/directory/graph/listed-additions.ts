import { listMembers } from './groups.ts';
import type { Transport } from './transport.ts';
import type { MemberWrite } from './writes.ts';

/**
 * Which additions Entra lists whole. Of one whose answer was lost, and whose repetition finds some there already, this
 * tells for a few reads what asking one by one would tell for a write each. The list can be older than the addition, so
 * what it lacks tells nothing.
 * It gives up before it takes more reads than it could spare writes.
 * @throws Problem when the list can not be read
 */
export async function listedAdditions(
  transport: Transport,
  groupId: string,
  additions: readonly MemberWrite[],
  signal?: AbortSignal,
): Promise<ReadonlySet<MemberWrite>> {
  const unseen = new Set(additions.flatMap(({ objectIds }) => objectIds));
  let reads = unseen.size;
  for await (const page of listMembers(transport, groupId, signal)) {
    for (const { id } of page) unseen.delete(id);
    reads -= 1;
    if (unseen.size === 0 || reads === 0) break;
  }
  return new Set(additions.filter(({ objectIds }) => !objectIds.some(id => unseen.has(id))));
}
