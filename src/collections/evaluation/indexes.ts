import { keepPropertyIndexes, type StoredValues } from '../../inventory/index.ts';
import type { Store } from '../../store/index.ts';
import type { CollectionGraph } from '../graph/graph.ts';
import type { QueryRules } from '../queries.ts';
import { runnableQueries } from './choose.ts';

/** Has the inventory index what the query rules look for, the most asked for first. */
export async function keepIndexesFor(
  store: Store,
  graph: CollectionGraph,
  queries: QueryRules,
): Promise<void> {
  const asked = new Map<string, { place: StoredValues; times: number }>();
  for (const node of graph.order) {
    for (const query of runnableQueries(node, queries)) {
      for (const place of query.looksIn) {
        const key = JSON.stringify(place);
        const known = asked.get(key);
        if (known) known.times += 1;
        else asked.set(key, { place, times: 1 });
      }
    }
  }
  const wanted = [...asked.values()].sort((a, b) => b.times - a.times);
  await keepPropertyIndexes(
    store,
    wanted.map(({ place }) => place),
  );
}
