import type { Graph, Part } from './graph.ts';
import type { GroupWriter } from './group-writer.ts';

const workers = 10;
const patchesPerBatch = 5;
const membersPerPatch = 20;
const removalsPerBatch = 20;
/** Added to what Graph tells, for what the other workers still have under way. */
const extraWaitMs = 10_000;
/** The window of the write quota, where Graph tells no time. */
const usualWaitMs = 150_000;

/**
 * Ten workers that take from one queue, five PATCHes of 20 additions or 20 removals a batch, as Microsoft's Group
 * Membership Management does: after a refusal a worker waits what it was told and ten seconds, and what was refused
 * goes to the end of the queue. Unlike there, nothing is dropped after five tries.
 */
export function tenWorkers(graph: Graph): GroupWriter {
  return {
    add(groupId, objectIds) {
      const patches = inPieces(objectIds, membersPerPatch).map(ids => ({
        method: 'PATCH' as const,
        url: `/groups/${groupId}`,
        body: { 'members@odata.bind': ids.map(graph.reference) },
      }));
      return sendAll(graph, patches, patchesPerBatch);
    },
    remove(groupId, objectIds) {
      const removals = objectIds.map(id => ({
        method: 'DELETE' as const,
        url: `/groups/${groupId}/members/${id}/$ref`,
      }));
      return sendAll(graph, removals, removalsPerBatch);
    },
  };
}

async function sendAll(graph: Graph, queue: Part[], batchSize: number): Promise<void> {
  async function worker(): Promise<void> {
    while (queue.length > 0) {
      const batch = queue.splice(0, batchSize);
      const answers = await graph.sendBatch(batch);
      const refused = answers.filter(({ status }) => status === 429);
      queue.push(...batch.filter((_, at) => isTransient(answers[at]?.status ?? 500)));
      const [first] = refused;
      if (first) await graph.clock.sleep((first.retryAfterMs ?? usualWaitMs) + extraWaitMs);
    }
  }
  await Promise.all(Array.from({ length: workers }, worker));
}

/** @throws Error for a refusal that trying again would not better */
function isTransient(status: number): boolean {
  if (status < 300) return false;
  if (status === 429 || status >= 500) return true;
  throw new Error(`Graph answered ${status}.`);
}

function inPieces<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, at) =>
    list.slice(at * size, (at + 1) * size),
  );
}
