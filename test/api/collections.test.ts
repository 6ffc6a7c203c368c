import { describe, expect, it } from 'vitest';
import type { NewRule, Rule } from '../../src/api/index.ts';
import { application, finished, imported } from './house.ts';

const pcs = ['PC1', 'PC2', 'PC3'].map((name, n) => ({
  type: 'device',
  name,
  properties: { OperatingSystemNameandVersion: n === 0 ? 'Windows 10' : 'Windows 11' },
}));

async function site() {
  const app = await application();
  await imported(app, pcs);
  return app;
}

describe('collections over the API', () => {
  it('are created, changed and deleted', async () => {
    const { client } = await site();
    const made = await client.call('createCollection', { body: { name: 'Base', type: 'device' } });
    expect(made).toMatchObject({ limitingCollectionId: 'SMS00001', memberCount: 0, rules: [] });
    const child = { name: 'Child', type: 'device', limitTo: 'Base', comment: 'x' } as const;
    await client.call('createCollection', { body: child });
    const changed = await client.call('updateCollection', {
      params: { ref: 'child' },
      body: { name: 'Renamed', comment: null },
    });
    expect(changed).toMatchObject({ name: 'Renamed', comment: null, limitingCollectionName: 'Base' });
    expect((await client.call('getCollection', { params: { ref: made.id } })).dependents).toMatchObject([
      { name: 'Renamed', use: 'limiting' },
    ]);
    const base = { params: { ref: 'Base' } };
    await expect(client.call('deleteCollection', base)).rejects.toMatchObject({
      code: 'collection-in-use',
    });
    await client.call('createCollection', { body: { name: 'Other', type: 'device' } });
    const include = { kind: 'include', collection: 'Renamed' } as const;
    await client.call('addRule', { params: { ref: 'Other' }, body: include });
    const gone = await client.call('deleteCollection', { ...base, query: { cascade: true } });
    expect(gone.deleted.map(one => one.name)).toEqual(['Renamed', 'Base']);
    expect(gone.rulesRemoved).toMatchObject([{ collectionName: 'Other', use: 'include' }]);
    const { items } = await client.call('listCollections', {});
    expect(items.map(collection => collection.name)).toEqual(['All Systems', 'All Users', 'Other']);
  });

  it('are listed by type and text, a page at a time', async () => {
    const { client } = await site();
    for (const name of ['Lab A', 'Lab B', 'Other']) {
      await client.call('createCollection', { body: { name, type: 'device' } });
    }
    const first = await client.call('listCollections', { query: { search: 'lab', limit: 1 } });
    expect(first.items.map(collection => collection.name)).toEqual(['Lab A']);
    const rest = await client.call('listCollections', {
      query: { search: 'lab', limit: 1, after: first.next ?? '' },
    });
    expect(rest).toMatchObject({ items: [{ name: 'Lab B' }], next: null });
    const users = await client.call('listCollections', { query: { type: 'user' } });
    expect(users.items.map(collection => collection.id)).toEqual(['SMS00002']);
  });

  it('take rules of each kind and lose them by name or number', async () => {
    const { client } = await site();
    for (const name of ['One', 'Two']) {
      await client.call('createCollection', { body: { name, type: 'device' } });
    }
    const params = { ref: 'One' };
    const wql = "select ResourceID from SMS_R_System where OperatingSystemNameandVersion = 'Windows 11'";
    const bodies: NewRule[] = [
      { kind: 'direct', resources: ['PC1', 'PC2'] },
      { kind: 'query', wql, name: 'Windows 11' },
      { kind: 'exclude', collection: 'Two' },
    ];
    const added: Rule[] = [];
    for (const body of bodies) added.push(...(await client.call('addRule', { params, body })).rules);
    expect(added.map(rule => [rule.kind, rule.name])).toEqual([
      ['direct', 'PC1'],
      ['direct', 'PC2'],
      ['query', 'Windows 11'],
      ['exclude', 'Two'],
    ]);
    await client.call('removeRule', { params: { ref: 'One', rule: 'Windows 11' } });
    await client.call('removeRule', { params: { ref: 'One', rule: String(added[0]?.id) } });
    const { rules } = await client.call('getCollection', { params });
    expect(rules.map(rule => rule.name).sort()).toEqual(['PC2', 'Two']);
  });

  it('refuse a cycle with its path', async () => {
    const { client } = await site();
    for (const name of ['One', 'Two']) {
      await client.call('createCollection', { body: { name, type: 'device' } });
    }
    const include = (ref: string, collection: string) =>
      client.call('addRule', { params: { ref }, body: { kind: 'include', collection } });
    await include('One', 'Two');
    await expect(include('Two', 'One')).rejects.toMatchObject({
      code: 'collection-cycle',
      message: expect.stringMatching(/One.*Two|Two.*One/),
    });
  });
});

describe('an explanation over the API', () => {
  it('tells what keeps a resource out, with the value found', async () => {
    const app = await site();
    const { client } = app;
    await client.call('createCollection', { body: { name: 'Eleven', type: 'device' } });
    const wql = "select ResourceID from SMS_R_System where OperatingSystemNameandVersion = 'Windows 11'";
    await client.call('addRule', { params: { ref: 'Eleven' }, body: { kind: 'query', wql, name: 'OS' } });
    await finished(app, await client.call('evaluate', { body: {} }));
    const explain = (resource: string) =>
      client.call('explainMembership', { params: { ref: 'Eleven' }, query: { resource } });
    expect(await explain('PC2')).toMatchObject({ member: true, rules: [{ name: 'OS', holds: true }] });
    expect(await explain('PC1')).toMatchObject({
      member: false,
      limiting: { id: 'SMS00001', member: true },
      rules: [{ holds: false, detail: expect.stringContaining('"Windows 10"') }],
    });
  });
});

describe('queries over the API', () => {
  const query = "select ResourceID from SMS_R_System where OperatingSystemNameandVersion like '%11'";

  it('are previewed with count and time', async () => {
    const { client } = await site();
    const preview = await client.call('preview', { body: { type: 'device', query, limit: 1 } });
    expect(preview).toMatchObject({ members: [{ name: 'PC2' }], count: 2, truncated: true });
  });

  it('are checked many at a time, and mistakes told by their place', async () => {
    const { client } = await site();
    const { results } = await client.call('checkWql', {
      body: { queries: [query, 'select ResourceID from SMS_R_System where Nmae = 1', 'selekt'] },
    });
    expect(results.map(result => result.ok)).toEqual([true, false, false]);
    expect(results[1]?.errors[0]).toMatchObject({ line: 1, suggestion: expect.stringMatching(/name/i) });
  });
});

describe('resources over the API', () => {
  it('are listed, shown and deleted', async () => {
    const app = await site();
    const { client } = app;
    const page = await client.call('listResources', { query: { type: 'device', limit: 2 } });
    expect(page.items.map(resource => resource.name)).toEqual(['PC1', 'PC2']);
    const rest = await client.call('listResources', { query: { limit: 2, after: page.next ?? '' } });
    expect(rest.items.map(resource => resource.name)).toEqual(['PC3']);
    const shown = await client.call('getResource', { params: { ref: 'pc1' } });
    expect(shown).toMatchObject({
      id: page.items[0]?.id,
      properties: { OperatingSystemNameandVersion: 'Windows 10' },
      identities: [],
    });
    await client.call('deleteResource', { params: { ref: 'PC1' } });
    await expect(client.call('getResource', { params: { ref: 'PC1' } })).rejects.toMatchObject({
      code: 'resource-not-found',
    });
  });

  it('leaves a job as it is that is cancelled after its end', async () => {
    const app = await site();
    const job = await finished(app, await app.client.call('evaluate', { body: {} }));
    const after = await app.client.call('cancelJob', { params: { id: job.id } });
    expect(after).toMatchObject({ id: job.id, state: 'succeeded' });
  });
});
