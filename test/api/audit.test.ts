import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { difference, withoutSecrets } from '../../src/api/audit/changes.ts';
import { storeFile } from '../../src/schedule/index.ts';
import { openSqlite } from '../../src/store/index.ts';
import { browser, clientOf, runningServer } from './running-server.ts';
import { run, status, world } from './world.ts';

const password = 'correct horse battery';

async function log(client: ReturnType<typeof clientOf>, query = {}) {
  return (await client.call('listAudit', { query })).items;
}

const id = '11111111-2222-4333-8444-555555555555';

describe('the audit log', () => {
  it('tells who changed what, from where, with what was there before and after', async () => {
    const { client } = await runningServer();
    await client.call('createCollection', { body: { name: 'Pilot', type: 'device' } });
    await client.call('updateCollection', { params: { ref: 'Pilot' }, body: { comment: 'For trying' } });
    await client.call('addRule', {
      params: { ref: 'Pilot' },
      body: { kind: 'query', wql: "select * from SMS_R_System where Name like 'A%'", name: 'A' },
    });
    await client.call('deleteCollection', { params: { ref: 'Pilot' } });
    const by = { actor: 'first start', address: '127.0.0.1', outcome: 'done', code: null };
    expect((await log(client)).toReversed()).toMatchObject([
      { ...by, action: 'createCollection', object: '/collections', after: { name: 'Pilot' } },
      {
        ...by,
        action: 'updateCollection',
        object: '/collections/Pilot',
        before: { comment: null },
        after: { comment: 'For trying' },
      },
      {
        ...by,
        action: 'addRule',
        object: '/collections/Pilot/rules',
        before: { rules: [] },
        after: { rules: [{ kind: 'query', name: 'A' }] },
      },
      { ...by, action: 'deleteCollection', before: { name: 'Pilot', comment: 'For trying' } },
    ]);
  });

  it('tells what was refused and why, by role too, and not what was only looked at', async () => {
    const { client, url } = await runningServer();
    const { token } = await client.call('createToken', { body: { name: 'CI', role: 'read-only' } });
    const reader = clientOf(url, token);
    await reader.call('listCollections', {});
    await reader.call('preview', { body: { type: 'device', query: 'select * from SMS_R_System' } });
    await expect(reader.call('evaluate', { body: {} })).rejects.toMatchObject({ code: 'role-too-low' });
    await expect(client.call('deleteCollection', { params: { ref: 'SMS00001' } })).rejects.toMatchObject({
      code: 'collection-built-in',
    });
    expect(await log(client)).toMatchObject([
      { action: 'deleteCollection', actor: 'first start', outcome: 'refused', code: 'collection-built-in' },
      { action: 'evaluate', actor: 'CI', outcome: 'refused', code: 'role-too-low' },
      { action: 'createToken', outcome: 'done' },
    ]);
  });

  it('tells sign-ins that succeed and that fail, and never a secret', async () => {
    const { client, url, token } = await runningServer();
    const ann = browser(url);
    await ann.send('POST', '/setup', { token, name: 'Ann', password });
    await ann.send('POST', '/session', { name: 'Ann', password: 'a wrong password' });
    await ann.send('POST', '/session', { name: 'Ann', password });
    const credential = { kind: 'client-secret', secret: 'very secret' } as const;
    const tenant = { name: 'T', tenantId: id, clientId: id, credential };
    await client.call('connectTenant', { body: tenant });
    await client.call('updateTenant', { params: { ref: 'T' }, body: { credential } });
    const made = await client.call('createToken', { body: { name: 'CI', role: 'read-only' } });
    const entries = await log(client);
    expect(entries.toReversed()).toMatchObject([
      { action: 'setUp', outcome: 'done', after: { name: 'Ann', password: '[hidden]', as: 'Ann' } },
      { action: 'signIn', outcome: 'refused', code: 'wrong-password', after: { name: 'Ann' } },
      { action: 'signIn', outcome: 'done', after: { as: 'Ann' } },
      { action: 'connectTenant', after: { credentialKind: 'client-secret' } },
      { action: 'updateTenant', before: {}, after: { credential: '[hidden]' } },
      { action: 'createToken', after: { name: 'CI', token: '[hidden]' } },
    ]);
    const text = JSON.stringify(entries);
    for (const secret of [password, 'a wrong password', 'very secret', made.token, token]) {
      expect(text).not.toContain(secret);
    }
  });

  it('is not filled by who fails to sign in again and again', async () => {
    const { client, url } = await runningServer();
    const eve = browser(url);
    for (let n = 0; n < 14; n++) await eve.send('POST', '/session', { token: `rollcall_${n}` });
    expect(await log(client)).toHaveLength(10);
  });

  it('tells what a run was asked for, approvals among it', async () => {
    const { client } = await runningServer();
    const job = await client.call('synchronize', { body: { collections: ['SMS00001'], approve: true } });
    expect(await log(client)).toMatchObject([
      {
        action: 'synchronize',
        after: { asked: { collections: ['SMS00001'], approve: true }, job: job.id },
      },
    ]);
  });

  it('tells of a mapping what held before and after, without what runs have made of it meanwhile', async () => {
    const it = await world();
    const { id } = (await status(it)) ?? { id: 0 };
    await it.client.call('updateMapping', { params: { id }, body: { maxRemovals: 5 } });
    await run(it);
    await it.client.call('updateMapping', { params: { id }, body: { maxRemovals: null, paused: true } });
    await it.client.call('removeMapping', { params: { id } });
    const object = `/mappings/${id}`;
    const entries = await log(it.client, { object });
    expect(entries.toReversed().map(({ action, before, after }) => ({ action, before, after }))).toEqual([
      { action: 'updateMapping', before: { maxRemovals: null }, after: { maxRemovals: 5 } },
      {
        action: 'updateMapping',
        before: { maxRemovals: 5, paused: false },
        after: { maxRemovals: null, paused: true },
      },
      {
        action: 'removeMapping',
        before: expect.objectContaining({ collectionName: 'Collection1', groupName: 'Group1', paused: true }),
        after: {
          collectionId: expect.any(String),
          groupId: expect.any(String),
          removedMembers: 0,
          remainingMembers: 0,
        },
      },
    ]);
  });

  it('is filtered and read by pages', async () => {
    const { client } = await runningServer();
    for (const name of ['A', 'B', 'C']) {
      await client.call('createCollection', { body: { name, type: 'device' } });
      await client.call('deleteCollection', { params: { ref: name } });
    }
    const first = await client.call('listAudit', { query: { action: 'createCollection', limit: 2 } });
    expect(first.items.map(entry => entry.after)).toMatchObject([{ name: 'C' }, { name: 'B' }]);
    const query = { action: 'createCollection', limit: 2, after: first.next ?? '' };
    const rest = await client.call('listAudit', { query });
    expect([rest.items.length, rest.next]).toEqual([1, null]);
    expect(await log(client, { object: '/collections/B' })).toHaveLength(1);
    expect(await log(client, { actor: 'nobody' })).toEqual([]);
    expect(await log(client, { from: '2000-01-01T00:00:00Z', to: '2001-01-01T00:00:00Z' })).toEqual([]);
  });

  it('is had whole, however long its entries are, and never lies in memory whole', async () => {
    const { app, client, token, dataDir } = await runningServer();
    const store = await openSqlite(storeFile(dataDir));
    await sql`insert into audit (at, finished_at, actor, address, action, object, outcome, before)
      with recursive n (i) as (select 1 union all select i + 1 from n where i < 600)
      select '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.000Z', 'Ann', '::1', 'addRule', '/' || i, 'done',
        '"' || hex(zeroblob(16000)) || '"' from n`.execute(store.db);
    await store.close();
    const page = await client.call('listAudit', { query: { limit: 10_000, actor: 'Ann' } });
    expect([page.items.length, page.next === null]).toEqual([500, false]);
    const headers = { authorization: `Bearer ${token}` };
    const { body } = await app.inject({ url: '/api/v1/audit?actor=Ann&format=ndjson', headers });
    expect(body.trimEnd().split('\n')).toHaveLength(600);
  });

  it('is changed by nobody, not even in the store itself', async () => {
    const { client, dataDir } = await runningServer();
    await client.call('createCollection', { body: { name: 'A', type: 'device' } });
    const store = await openSqlite(storeFile(dataDir));
    try {
      const change = store.db.updateTable('audit').set({ actor: 'Eve' }).execute();
      await expect(change).rejects.toThrow(/append-only/);
      await expect(store.db.deleteFrom('audit').execute()).rejects.toThrow(/append-only/);
    } finally {
      await store.close();
    }
  });

  it('is kept as long as the settings say, and a month at least', async () => {
    const { client } = await runningServer();
    expect(await client.call('updateSettings', { body: { auditDays: 90 } })).toMatchObject({ auditDays: 90 });
    expect(await client.call('getSettings', {})).toMatchObject({ auditDays: 90 });
    await expect(client.call('updateSettings', { body: { auditDays: 7 } })).rejects.toMatchObject({
      code: 'invalid-request',
    });
  });
});

describe('a change in the audit log', () => {
  it.each([
    [{ a: 1, b: 2 }, { a: 1, b: 3 }, { b: 2 }, { b: 3 }],
    [{ memberCount: 1 }, { memberCount: 2 }, {}, {}],
    [{ list: [1, 2] }, { list: [2, 3] }, { list: [1] }, { list: [3] }],
    [{ secret: 'old' }, { secret: 'new' }, { secret: '[hidden]' }, { secret: '[hidden]' }],
  ])('from %o to %o', (before, after, was, is) => {
    expect(difference(before, after)).toEqual({ before: was, after: is });
  });

  it('has no secrets, however deep they lie', () => {
    const value = { a: [{ clientSecret: 'x', hasSecret: true, credentialKind: 'certificate' }], token: 'y' };
    expect(withoutSecrets(value)).toEqual({
      a: [{ clientSecret: '[hidden]', hasSecret: true, credentialKind: 'certificate' }],
      token: '[hidden]',
    });
  });
});
