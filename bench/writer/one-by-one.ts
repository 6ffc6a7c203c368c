import type { Answer, Graph } from './graph.ts';
import type { GroupWriter } from './group-writer.ts';

/** One request a member, one after the other, as most scripts do; refused ones again after the wait that is told. */
export function oneByOne(graph: Graph): GroupWriter {
  return {
    async add(groupId, objectIds) {
      for (const id of objectIds) {
        const body = { '@odata.id': graph.reference(id) };
        await untilDone(graph, () => graph.send('POST', `/groups/${groupId}/members/$ref`, body));
      }
    },
    async remove(groupId, objectIds) {
      for (const id of objectIds) {
        await untilDone(graph, () => graph.send('DELETE', `/groups/${groupId}/members/${id}/$ref`));
      }
    },
  };
}

const usualWaitMs = 5_000;

async function untilDone(graph: Graph, send: () => Promise<Answer>): Promise<void> {
  for (;;) {
    const { status, retryAfterMs } = await send();
    if (status < 300) return;
    if (status !== 429 && status < 500) throw new Error(`Graph answered ${status}.`);
    await graph.clock.sleep(retryAfterMs ?? usualWaitMs);
  }
}
