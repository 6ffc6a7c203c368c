import { describe, expect, it } from 'vitest';
import type { Client } from '../../src/api/index.ts';
import { application, finished, imported } from './house.ts';
import { runningServer } from './running-server.ts';
import { run, world } from './world.ts';

type Page<Row> = { items: Row[]; next: string | null; total?: number | undefined };

/** All rows of a list, two at a time. */
async function all<Row>(read: (after: string | undefined) => Promise<Page<Row>>): Promise<Row[]> {
  const rows: Row[] = [];
  for (let after: string | undefined; ; ) {
    const page = await read(after);
    expect(page.items.length).toBeLessThanOrEqual(2);
    rows.push(...page.items);
    if (page.next === null) return rows;
    after = page.next;
  }
}

async function withCollections() {
  const app = await application();
  await imported(
    app,
    ['A', 'B', 'C'].map(name => ({ type: 'device', name })),
  );
  for (const [name, members] of [
    ['Zoo', ['A']],
    ['apple', ['A', 'B', 'C']],
    ['Mango', ['A', 'B']],
    ['banana', ['A', 'B']],
  ] as const) {
    await app.client.call('createCollection', { body: { name, type: 'device' } });
    await app.client.call('addRule', {
      params: { ref: name },
      body: { kind: 'direct', resources: [...members] },
    });
  }
  await finished(app, await app.client.call('evaluate', { body: {} }));
  return app;
}

/** Mappings of four collections: one that ran, two that never did, and one whose group is paused. */
async function withMappings() {
  const it = await world({ wanted: ['B'] });
  await run(it);
  const groupIds = new Map([['Group1', it.group.id]]);
  for (const [name, group] of [
    ['Collection2', 'Group2'],
    ['Another', 'Pilot 100%'],
    ['Paused', 'Left alone'],
  ] as const) {
    groupIds.set(group, it.entra.tenant.addGroup({ displayName: group }).id);
    await it.client.call('createCollection', { body: { name, type: 'device' } });
    const { mapping } = await it.client.call('addMapping', { body: { collection: name, group } });
    if (name === 'Paused') {
      await it.client.call('updateMapping', { params: { id: mapping.id }, body: { paused: true } });
    }
  }
  return { ...it, groupIds };
}

const collections = (client: Client, sort?: string) =>
  all(after => client.call('listCollections', { query: { sort, after, limit: 2 } }));

describe('lists', () => {
  it.each([
    [undefined, 'All Systems, All Users, apple, banana, Mango, Zoo'],
    ['-name', 'Zoo, Mango, banana, apple, All Users, All Systems'],
    ['memberCount,name', 'All Users, Zoo, banana, Mango, All Systems, apple'],
    ['-memberCount,-name', 'apple, All Systems, Mango, banana, Zoo, All Users'],
    ['type,-memberCount', 'All Systems, apple, Mango, banana, Zoo, All Users'],
  ])('of collections are sorted by %s, from page to page', async (sort, wanted) => {
    const { client } = await withCollections();
    expect((await collections(client, sort)).map(({ name }) => name).join(', ')).toBe(wanted);
  });

  it('of collections are sorted by how their evaluation stands, what needs somebody first', async () => {
    const { client } = await withCollections();
    await client.call('createCollection', { body: { name: 'Fresh', type: 'device' } });
    const first = (await collections(client, 'state,name'))[0];
    expect(first).toMatchObject({ name: 'Fresh', lastEvaluationTime: null });
    expect((await collections(client, '-state,name')).at(-1)).toMatchObject({ name: 'Fresh' });
  });

  it.each([
    ['name', 'Ann Bob Eve'],
    ['-name', 'Eve Bob Ann'],
    ['role,-name', 'Ann Eve Bob'],
    ['-disabled,name', 'Bob Ann Eve'],
  ])('of accounts are sorted by %s, from page to page', async (sort, wanted) => {
    const { client } = await application();
    for (const [name, role] of [
      ['Eve', 'operator'],
      ['Ann', 'full-administrator'],
      ['Bob', 'read-only'],
    ] as const) {
      await client.call('createAccount', { body: { name, role, password: 'correct horse battery' } });
    }
    await client.call('updateAccount', { params: { ref: 'Bob' }, body: { disabled: true } });
    const read = (query: object) =>
      all(after => client.call('listAccounts', { query: { ...query, after, limit: 1 } }));
    expect((await read({ sort })).map(({ name }) => name).join(' ')).toBe(wanted);
    expect((await read({ role: 'operator' })).map(({ name }) => name)).toEqual(['Eve']);
    expect((await read({ search: 'N' })).map(({ name }) => name)).toEqual(['Ann']);
  });

  it.each(['at', '-at', 'actor', 'action', '-action,at', 'outcome'])(
    'of the audit log are sorted by %s, from page to page',
    async sort => {
      const { client } = await application();
      for (const name of ['A', 'B']) {
        await client.call('createCollection', { body: { name, type: 'device' } });
        await client.call('deleteCollection', { params: { ref: name } });
      }
      await expect(client.call('deleteCollection', { params: { ref: 'SMS00001' } })).rejects.toThrow();
      const rows = await all(after => client.call('listAudit', { query: { sort, after, limit: 2 } }));
      expect(rows).toHaveLength(5);
      const whole = (await client.call('listAudit', { query: { sort } })).items;
      expect(rows).toEqual(whole);
      const keys = {
        at: (row: (typeof rows)[number]) => String(row.id).padStart(9, '0'),
        actor: (row: (typeof rows)[number]) => row.actor,
        action: (row: (typeof rows)[number]) => row.action,
        outcome: (row: (typeof rows)[number]) => row.outcome,
      };
      const [first = 'at'] = sort.split(',');
      const found = rows.map(keys[first.replace('-', '') as keyof typeof keys]);
      expect(found).toEqual(first.startsWith('-') ? found.toSorted().reverse() : found.toSorted());
    },
  );

  it('of runs are sorted and filtered, from page to page', async () => {
    const it = await world({ wanted: ['B'] });
    await run(it);
    await run(it);
    await run(it, { full: true });
    const read = async (query: object) => {
      const rows = await all(after =>
        it.client.call('listRuns', { query: { collection: 'Collection1', ...query, after, limit: 1 } }),
      );
      return rows.map(({ kind, removed }) => `${kind} ${removed}`);
    };
    expect(await read({})).toEqual(['full 0', 'incremental 0', 'full 2']);
    expect(await read({ sort: 'startedAt' })).toEqual(['full 2', 'incremental 0', 'full 0']);
    expect(await read({ sort: '-removed,kind' })).toEqual(['full 2', 'full 0', 'incremental 0']);
    expect(await read({ kind: 'incremental' })).toEqual(['incremental 0']);
    expect(await read({ status: 'failed' })).toEqual([]);
  });

  it('neither repeat nor lose a row when others come and go between pages', async () => {
    const { client } = await withCollections();
    const first = await client.call('listCollections', { query: { sort: '-name', limit: 2 } });
    await client.call('deleteCollection', { params: { ref: 'Zoo' } });
    await client.call('createCollection', { body: { name: 'Zz', type: 'device' } });
    const query = { sort: '-name', limit: 2, after: first.next ?? '' };
    const second = await client.call('listCollections', { query });
    expect(second.items.map(({ name }) => name)).toEqual(['banana', 'apple']);
  });

  it('go on after a row whose long text they are sorted by', async () => {
    const { client } = await withCollections();
    for (const name of ['Zoo', 'apple']) {
      await client.call('updateCollection', { params: { ref: name }, body: { comment: '漢'.repeat(2_000) } });
    }
    const rows = await all(after =>
      client.call('listCollections', { query: { sort: '-comment', after, limit: 1 } }),
    );
    expect(rows.map(({ name }) => name).slice(0, 2)).toEqual(['apple', 'Zoo']);
  });

  it('say how many rows there are where that is asked for', async () => {
    const { client } = await withCollections();
    const page = await client.call('listCollections', { query: { limit: 1, total: true, search: 'an' } });
    expect(page.total).toBe(2);
    expect((await client.call('listCollections', {})).total).toBeUndefined();
    const members = { params: { ref: 'apple' }, query: { limit: 1, total: true } };
    expect((await client.call('listCollectionMembers', members)).total).toBe(3);
    expect((await client.call('listResources', { query: { total: true, limit: 1 } })).total).toBe(3);
  });

  it.each(['id; drop table collection', 'nothing', '__proto__'])('refuse to be sorted by %s', async sort => {
    const { client } = await withCollections();
    for (const list of ['listCollections', 'listMappings', 'listResources'] as const) {
      await expect(client.call(list, { query: { sort } })).rejects.toMatchObject({ code: 'sort-unknown' });
    }
  });

  it('refuse the cursor of another order', async () => {
    const { client } = await withCollections();
    const { next } = await client.call('listCollections', { query: { sort: '-name', limit: 1 } });
    const query = { sort: 'name', after: next ?? '' };
    await expect(client.call('listCollections', { query })).rejects.toMatchObject({ code: 'bad-page' });
  });

  it('of members and resources are sorted by name either way', async () => {
    const { client } = await withCollections();
    const names = async (sort: string) => {
      const members = await all(after =>
        client.call('listCollectionMembers', { params: { ref: 'apple' }, query: { sort, after, limit: 2 } }),
      );
      const resources = await all(after =>
        client.call('listResources', { query: { sort, after, limit: 2 } }),
      );
      return [members, resources].map(rows => rows.map(({ name }) => name).join(''));
    };
    expect(await names('name')).toEqual(['ABC', 'ABC']);
    expect(await names('-name')).toEqual(['CBA', 'CBA']);
  });

  it('of mappings are sorted by what stands in their columns, what needs somebody first', async () => {
    const it = await world({ wanted: ['B'] });
    it.entra.tenant.addGroup({ displayName: 'Group2' });
    await it.client.call('createCollection', { body: { name: 'Another', type: 'device' } });
    await run(it);
    await it.client.call('addMapping', { body: { collection: 'Another', group: 'Group2' } });
    const sorted = async (sort: string) => {
      const rows = await all(after => it.client.call('listMappings', { query: { sort, after, limit: 2 } }));
      return rows.map(({ collectionName, status }) => `${collectionName} ${status}`);
    };
    expect(await sorted('status')).toEqual(['Another In Progress', 'Collection1 Success']);
    expect(await sorted('-status')).toEqual(['Collection1 Success', 'Another In Progress']);
    expect(await sorted('-memberCount')).toEqual(['Collection1 Success', 'Another In Progress']);
    expect(await sorted('collectionName')).toEqual(['Another In Progress', 'Collection1 Success']);
    const page = await it.client.call('listMappings', { query: { total: true, limit: 1 } });
    expect(page.total).toBe(2);
  });

  it('of mappings are searched by the names of collection and group, and by the beginning of an id', async () => {
    const { client, groupIds } = await withMappings();
    const found = async (search: string) => {
      const rows = await all(after => client.call('listMappings', { query: { search, after, limit: 2 } }));
      const page = await client.call('listMappings', { query: { search, total: true, limit: 1 } });
      expect(page.total).toBe(rows.length);
      return rows.map(({ collectionName }) => collectionName).join(' ');
    };
    expect(await found('')).toBe('Another Collection1 Collection2 Paused');
    expect(await found('COLLECTION')).toBe('Collection1 Collection2');
    expect(await found('pilot')).toBe('Another');
    expect(await found('100%')).toBe('Another');
    expect(await found('%')).toBe('Another');
    expect(await found('rcl')).toBe('Another Collection1 Collection2 Paused');
    expect(await found(groupIds.get('Group1')?.toUpperCase() ?? '')).toBe('Collection1');
    expect(await found(groupIds.get('Pilot 100%')?.slice(0, 20) ?? '')).toBe('Another');
    expect(await found('nothing')).toBe('');
  });

  it.each([
    [['Success'], 'Collection1'],
    [['In Progress'], 'Another Collection2'],
    [['Disabled'], 'Paused'],
    [['Failed', 'Awaiting Approval', 'Partial Success'], ''],
    [['Success', 'Disabled', 'In Progress'], 'Another Collection1 Collection2 Paused'],
  ] as const)('of mappings in %j are %j, each with that status', async (status, wanted) => {
    const { client } = await withMappings();
    const query = { status: [...status], limit: 2 };
    const rows = await all(after => client.call('listMappings', { query: { ...query, after } }));
    expect(rows.map(({ collectionName }) => collectionName).join(' ')).toBe(wanted);
    for (const row of rows) expect(status).toContain(row.status);
    const { total } = await client.call('listMappings', { query: { ...query, total: true } });
    expect(total).toBe(rows.length);
  });

  it('of mappings are searched and filtered among those alone that may be seen', async () => {
    const { client, app } = await withMappings();
    const body = { name: 'Eve', role: 'read-only' as const, collections: ['Another'] };
    const { token } = await client.call('createToken', { body });
    for (const query of ['search=rcl', 'status=In+Progress', 'status=In+Progress&search=o']) {
      const answer = await app.inject({
        url: `/api/v1/mappings?total=true&${query}`,
        headers: { authorization: `Bearer ${token}` },
      });
      expect(answer.json()).toMatchObject({ items: [{ collectionName: 'Another' }], total: 1 });
      expect(answer.json().items).toHaveLength(1);
    }
  });

  it('of mappings take status, search and order together', async () => {
    const { client } = await withMappings();
    const query = { status: ['In Progress' as const], search: 'o', sort: '-collectionName', limit: 1 };
    const names: string[] = [];
    for (let after: string | undefined; ; ) {
      const page = await client.call('listMappings', { query: { ...query, after } });
      names.push(...page.items.map(({ collectionName }) => collectionName));
      if (page.next === null) break;
      after = page.next;
    }
    expect(names).toEqual(['Collection2', 'Another']);
  });

  it('of the members of a mapping are sorted by name, and counted by status', async () => {
    const it = await world({ names: ['C', 'A', 'B', 'D'], wanted: ['C', 'A', 'B'], inGroup: [] });
    it.entra.tenant.deleteObject(it.id('B'));
    await run(it);
    const names = async (sort: string) => {
      const rows = await all(after =>
        it.client.call('listMappingMembers', {
          query: { collection: 'Collection1', sort, after, limit: 2 },
        }),
      );
      return rows.map(({ name }) => name).join('');
    };
    expect([await names('name'), await names('-name')]).toEqual(['ABC', 'CBA']);
    const count = async (status?: 'Success' | 'Not in Entra') => {
      const query = { collection: 'Collection1', limit: 1, total: true, ...(status ? { status } : {}) };
      return (await it.client.call('listMappingMembers', { query })).total;
    };
    expect([await count(), await count('Success'), await count('Not in Entra')]).toEqual([3, 2, 1]);
  });
});

describe('a whole list as a file', () => {
  async function file(path: string, accept?: string) {
    const { url, token, client } = await runningServer();
    const records = Array.from({ length: 2_500 }, (_, n) => ({ type: 'device', name: `PC${10_000 + n}` }));
    await imported({ client }, [...records, { type: 'device', name: '=cmd|"/C calc"!A0' }]);
    const headers = { authorization: `Bearer ${token}`, ...(accept ? { accept } : {}) };
    return await fetch(`${url}/api/v1${path}`, { headers });
  }

  it('is CSV with all rows, whatever the limit, and no cell that a spreadsheet would run', async () => {
    const answer = await file('/resources?format=csv&limit=5');
    expect(answer.headers.get('content-type')).toContain('text/csv');
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="resources.csv"');
    const lines = (await answer.text()).trimEnd().split('\r\n');
    expect(lines).toHaveLength(2_502);
    expect(lines[0]).toMatch(/^id,type,name,source,/);
    expect(lines[1]).toContain(`"'=cmd|""/C calc""!A0"`);
  });

  it('is CSV or NDJSON by what is accepted too', async () => {
    const answer = await file('/resources?search=PC1000', 'application/x-ndjson');
    const rows = (await answer.text())
      .trimEnd()
      .split('\n')
      .map(text => JSON.parse(text));
    expect(rows.map(row => row.name)).toEqual(Array.from({ length: 10 }, (_, n) => `PC1000${n}`));
  });

  it('tells what is wrong as a problem', async () => {
    const answer = await file('/mappings?format=csv&collection=None');
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ code: 'collection-not-found' });
  });
});
