import { fold } from '../../src/base/index.ts';
import { firstResourceId } from '../../src/inventory/index.ts';
import type { RuleKind, SqlValue, Store } from '../../src/store/index.ts';
import { queryShapes } from './queries.ts';
import { randomFrom } from './random.ts';

const deepest = 6;

/** The shape of query that a number from 0 to 99 falls on. */
function shapeAt(share: number): (pick: (most: number) => number) => string {
  let before = 0;
  for (const [part, shape] of queryShapes) {
    before += part;
    if (share < before) return shape;
  }
  throw new Error('The shares of the shapes do not make a hundred.');
}

interface Made {
  num: number;
  depth: number;
  /** Small enough to be included by others without making these huge. */
  small: boolean;
}

/**
 * Puts `count` collections straight into the store: a fifth with query rules, the others direct, include and exclude
 * rules, some limited by others, nested up to six deep. All are incremental.
 */
export async function makeCollections(store: Store, count: number, devices: number): Promise<void> {
  const random = randomFrom(2);
  const pick = (most: number) => Math.floor(random() * most);
  const made: Made[] = [];
  const collections: SqlValue[][] = [];
  const rules: SqlValue[][] = [];
  const rule = (
    num: number,
    kind: RuleKind,
    name: string,
    query: string | null,
    id: number | null,
    other: number | null,
  ) => rules.push([num, kind, name, fold(name), query, id, other]);
  const other = () => {
    for (let tries = 0; tries < 50; tries += 1) {
      const one = made[pick(made.length)];
      if (one?.small && one.depth < deepest) return one;
    }
    return undefined;
  };
  const now = new Date().toISOString();
  for (let index = 0; index < count; index += 1) {
    const num = 1_000 + index;
    const name = `Collection ${index}`;
    let depth = 1;
    let limiting = 1;
    let small = true;
    const kind = random();
    if (kind < 0.2 || made.length < 10) {
      const share = pick(100);
      rule(num, 'query', 'Query', shapeAt(share)(pick), null, null);
      small = share < 97;
    } else {
      const direct = kind < 0.7 ? 1 + pick(150) : pick(5);
      for (const id of new Set(Array.from({ length: direct }, () => pick(devices)))) {
        rule(num, 'direct', `Device ${id}`, null, firstResourceId.device + id, null);
      }
      const include = kind < 0.7 ? 0 : 1 + pick(3);
      for (const one of new Set(Array.from({ length: include }, other))) {
        if (!one) continue;
        rule(num, 'include', `Collection ${one.num}`, null, null, one.num);
        depth = Math.max(depth, one.depth + 1);
      }
      const excluded = kind > 0.85 ? other() : undefined;
      if (excluded) {
        rule(num, 'exclude', `Collection ${excluded.num}`, null, null, excluded.num);
        depth = Math.max(depth, excluded.depth + 1);
      }
      const limit = kind > 0.95 ? other() : undefined;
      if (limit) {
        limiting = limit.num;
        depth = Math.max(depth, limit.depth + 1);
      }
    }
    made.push({ num, depth, small });
    collections.push([
      num,
      `RCL${num.toString(16).toUpperCase().padStart(5, '0')}`,
      name,
      fold(name),
      'device',
      limiting,
      1,
      now,
    ]);
  }
  await store.transaction(async tx => {
    const columns = ['num', 'id', 'name', 'name_key', 'type', 'limiting_num', 'incremental', 'created_at'];
    await store.dialect.insertMany(tx, 'collection', columns, collections);
    const ruleColumns = ['collection_num', 'kind', 'name', 'name_key', 'query', 'resource_id', 'other_num'];
    await store.dialect.insertMany(tx, 'collection_rule', ruleColumns, rules);
  });
}
