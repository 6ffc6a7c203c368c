import type { KyselyPlugin, RootOperationNode } from 'kysely';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listResources, type ResourceQuery } from '../../src/inventory/index.ts';
import { openSqlite, type Store } from '../../src/store/index.ts';
import { importRecords } from './world.ts';

let store: Store;
beforeEach(async () => {
  store = await openSqlite(':memory:');
});
afterEach(() => store.close());

const guid = (n: number) => `${String(n).padStart(8, '0')}-0000-4000-8000-000000000000`;

const records = [
  { type: 'device' as const, name: 'b', externalId: 'X3', entraDeviceId: guid(2) },
  { type: 'device' as const, name: 'A', externalId: 'X1' },
  { type: 'device' as const, name: 'Ć', entraDeviceId: guid(1) },
  { type: 'device' as const, name: 'ä' },
  { type: 'user' as const, name: 'z', userPrincipalName: 'B@contoso.com', onPremisesSid: 'S-1-5-2' },
  { type: 'user' as const, name: 'Y', userPrincipalName: 'a@contoso.com', entraUserId: guid(3) },
];

/** All names, by pages of a size. */
async function names(query: Partial<ResourceQuery>, limit: number): Promise<string[]> {
  const found: string[] = [];
  for (let after: string | undefined; ; ) {
    const page = await listResources(store, { ...query, limit, after });
    expect(page.resources.length).toBeLessThanOrEqual(limit);
    found.push(...page.resources.map(({ name }) => name));
    if (page.next === null) return found;
    expect(page.resources).toHaveLength(limit);
    after = page.next;
  }
}

describe('resources', () => {
  beforeEach(async () => {
    for (const record of records) {
      await importRecords(store, [record], { source: /[bz]/.test(record.name) ? 'one' : 'two' });
    }
  });

  test.each([
    [{}, 'A b ä ć Y z'],
    [{ sort: '-name' }, 'ć ä b A z Y'],
    [{ sort: 'id' }, 'b A ć ä z Y'],
    [{ sort: '-id' }, 'ä ć A b Y z'],
    [{ sort: 'source', type: 'device' }, 'b A ć ä'],
    [{ sort: 'updatedAt', type: 'user' }, 'z Y'],
    [{ sort: '-updatedAt', type: 'user' }, 'Y z'],
    [{ sort: 'externalId' }, 'A b ć ä z Y'],
    [{ sort: '-externalId', type: 'device' }, 'b A ä ć'],
    [{ sort: 'entraDeviceId', type: 'device' }, 'ć b A ä'],
    [{ sort: 'userPrincipalName', type: 'user' }, 'Y z'],
    [{ sort: '-userPrincipalName' }, 'ä ć A b z Y'],
    [{ sort: 'onPremisesSid', type: 'user' }, 'z Y'],
    [{ sort: 'entraUserId', type: 'user' }, 'Y z'],
    [{ search: 'Ä' }, 'ä'],
    [{ search: 'ć', sort: '-id' }, 'ć'],
    [{ source: 'one' }, 'b z'],
    [{ source: 'two', sort: '-name', type: 'device' }, 'ć ä A'],
    [{ changedSince: '2001-01-01T00:00:00.000Z', sort: 'source', type: 'user' }, 'z Y'],
    [{ changedSince: '2999-01-01T00:00:00.000Z' }, ''],
    [{ among: sql`select id from resource where source = 'one'`, sort: '-id' }, 'b z'],
  ] satisfies [Partial<ResourceQuery>, string][])(
    'by %o are %s, whatever the size of a page',
    async (query, expected) => {
      for (const limit of [1, 2, 3, 100]) {
        expect((await names(query, limit)).join(' ').toLowerCase()).toBe(expected.toLowerCase());
      }
      expect(await listResources(store, { ...query, limit: 1, total: true })).toMatchObject({
        total: expected === '' ? 0 : expected.split(' ').length,
      });
    },
  );

  test('neither repeat nor are lost when others come and go between pages', async () => {
    const first = await listResources(store, { sort: 'externalId', limit: 1 });
    await importRecords(store, [
      { type: 'device', name: 'before', externalId: 'X0' },
      { type: 'device', name: 'after', externalId: 'X2' },
    ]);
    await importRecords(store, [{ type: 'device', name: 'A', externalId: 'X1', deleted: true }]);
    const rest = await listResources(store, { sort: 'externalId', limit: 2, after: first.next ?? '' });
    expect([...first.resources, ...rest.resources].map(({ name }) => name)).toEqual(['A', 'after', 'b']);
  });

  test.each(['size', 'name,id', '', '__proto__', '-'])('are not sorted by "%s"', async sort => {
    await expect(listResources(store, { sort, limit: 1 })).rejects.toMatchObject({ code: 'sort-unknown' });
  });

  test.each(['9.', '1.x', 'x', '0.e30='])('have no page "%s"', async after => {
    await expect(listResources(store, { limit: 1, after })).rejects.toMatchObject({ code: 'bad-page' });
  });
});

/** A store that tells how SQLite goes about each query: one line a table. */
function watched(plans: string[]): Store {
  const asked: RootOperationNode[] = [];
  const spy: KyselyPlugin = {
    transformQuery({ node }) {
      asked.push(node);
      return node;
    },
    async transformResult({ result }) {
      for (const node of asked.splice(0)) {
        const { sql: text, parameters } = store.db.getExecutor().compileQuery(node, { queryId: 'plan' });
        const pieces = text.split('?').map(piece => sql.raw(piece));
        const explained = pieces.flatMap((piece, n) =>
          n === 0 ? [piece] : [sql`${parameters[n - 1]}`, piece],
        );
        const { rows } = await sql<{
          detail: string;
        }>`explain query plan ${sql.join(explained, sql``)}`.execute(store.db);
        plans.push(...rows.map(({ detail }) => detail));
      }
      return result;
    },
  };
  return { ...store, db: store.db.withPlugin(spy) };
}

describe('a page of a million resources', () => {
  const columns = {
    device: ['name', 'id', 'source', 'updatedAt', 'externalId', 'entraDeviceId'],
    user: [
      'name',
      'id',
      'source',
      'updatedAt',
      'externalId',
      'userPrincipalName',
      'entraUserId',
      'onPremisesSid',
    ],
  };
  const orders = (['device', 'user'] as const).flatMap(type =>
    columns[type].flatMap(field => [
      [type, field],
      [type, `-${field}`],
    ]),
  ) as ['device' | 'user', string][];

  test.each(orders)(
    'of %ss by %s is a stretch of an index: nothing is sorted, nothing looked through',
    async (type, sort) => {
      const some = Array.from({ length: 6 }, (_, n) => ({
        type,
        name: `N${n}`,
        ...(n % 2 === 0
          ? {}
          : type === 'device'
            ? { externalId: `X${n}`, entraDeviceId: guid(n) }
            : {
                externalId: `X${n}`,
                entraUserId: guid(n),
                userPrincipalName: `u${n}@c`,
                onPremisesSid: `S-${n}`,
              }),
      }));
      await importRecords(store, some);
      const plans: string[] = [];
      const spied = watched(plans);
      for (let after: string | undefined; ; ) {
        const page = await listResources(spied, { type, sort, limit: 1, after });
        if (page.next === null) break;
        after = page.next;
      }
      expect(plans.length).toBeGreaterThanOrEqual(6);
      for (const plan of plans)
        expect(plan).toMatch(/^SEARCH resource USING (INDEX resource_|INTEGER PRIMARY KEY)/);
    },
  );
});
